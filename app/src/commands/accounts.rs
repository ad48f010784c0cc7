//! `cuaviet admin`: accounts from the command line, for whoever has the server but no way in. It prints one-time
//! links, never a password.

use super::{said, scope};
use anyhow::{Context, Result, bail};
use db::{Db, Tx};
use people::{Account, NewAccount, NewGrant, Purpose, Role, Scope, Unit};

/// Makes an administrator; with `unit` (a key) at that unit, else at the topmost one.
pub async fn create(db: &Db, public_url: &str, login: &str, name: &str, unit: Option<&str>) -> Result<String> {
    let scope = scope();
    let mut tx = db.begin().await?;
    let unit = place(&mut tx, &scope, unit).await?;
    let new = NewAccount {
        login: login.to_owned(),
        name: name.to_owned(),
        title: "Quản trị".into(),
        ..NewAccount::default()
    };
    let account = people::create(&mut tx, &scope, new).await.map_err(said)?;
    let grant = NewGrant {
        account: account.id,
        unit: unit.id,
        role: Role::Admin,
        from: scope.today(),
        to: None,
        note: "Tạo từ dòng lệnh".into(),
    };
    people::grant(&mut tx, &scope, grant).await.map_err(said)?;
    let link = link(&mut tx, &scope, &account, public_url).await?;
    tx.commit().await?;
    Ok(format!(
        "Đã tạo quản trị viên {} tại {}. Mở liên kết sau (dùng một lần, trong 48 giờ) để đặt mật khẩu:\n  {link}",
        account.login, unit.name
    ))
}

async fn place(tx: &mut Tx, scope: &Scope, key: Option<&str>) -> Result<Unit> {
    if let Some(key) = key {
        return people::unit_by_key(tx, key).await?.with_context(|| format!("Không có đơn vị nào mã {key}."));
    }
    let units = people::units(tx).await?;
    let top = units.into_iter().find(|unit| unit.parent.is_none() && unit.is_on(scope.today()));
    top.context("Chưa có đơn vị nào. Hãy chạy cuaviet serve và mở liên kết thiết lập lần đầu mà nó in ra.")
}

pub async fn reset_password(db: &Db, public_url: &str, login: &str) -> Result<String> {
    let mut tx = db.begin().await?;
    let account = known(&mut tx, login).await?;
    if account.closed {
        bail!("Tài khoản {login} đang khóa. Hãy mở lại trong mục Quản trị trước.");
    }
    let link = link(&mut tx, &scope(), &account, public_url).await?;
    tx.commit().await?;
    Ok(format!("Mở liên kết sau (dùng một lần, trong 48 giờ) để đặt mật khẩu mới cho {login}:\n  {link}"))
}

pub async fn remove_totp(db: &Db, login: &str) -> Result<String> {
    let mut tx = db.begin().await?;
    let account = known(&mut tx, login).await?;
    people::remove_totp(&mut tx, &scope(), account.id).await.map_err(said)?;
    tx.commit().await?;
    Ok(match account.has_totp {
        true => format!("Đã tắt xác thực hai lớp của {login}."),
        false => format!("{login} không bật xác thực hai lớp, không có gì để tắt."),
    })
}

/// Everybody who holds the administrator's role today.
pub async fn list(db: &Db) -> Result<String> {
    let mut conn = db.read().await?;
    let (accounts, _) = people::accounts(&mut conn, "", i64::MAX, 0).await?;
    let mut lines = Vec::new();
    for account in accounts {
        let hats = people::hats(&mut conn, account.id, scope().today()).await?;
        let places: Vec<String> =
            hats.into_iter().filter(|hat| hat.roles.contains(&Role::Admin)).map(|hat| hat.unit_name).collect();
        if !places.is_empty() {
            let second = if account.has_totp { "hai lớp: bật" } else { "hai lớp: CHƯA BẬT" };
            lines.push(format!("{}\t{}\t{}\t{second}", account.login, account.name, places.join(", ")));
        }
    }
    Ok(if lines.is_empty() { "Chưa có quản trị viên nào.".into() } else { lines.join("\n") })
}

async fn link(tx: &mut Tx, scope: &Scope, account: &Account, public_url: &str) -> Result<String> {
    let code = people::make_link(tx, scope, Purpose::Password, Some(account.id)).await.map_err(said)?;
    Ok(format!("{public_url}/dat-mat-khau?ma={code}"))
}

async fn known(tx: &mut Tx, login: &str) -> Result<Account> {
    people::account_by_login(tx, login).await?.with_context(|| format!("Không có tài khoản nào tên {login}."))
}

//! A citizen who signs in at a system that knows them: the simulated one, whose claims the settings name.

use crate::browser::Browser;
use crate::counter::with_procedure;
use crate::person::Person;
use crate::portal::portal;
use crate::provider::{CLIENT, Provider, SECRET, start};
use crate::world::{WORD, World, journey_with};
use db::Sql;
use link::dvcqg::Generation;

fn set(provider: &Provider) -> Vec<(&'static str, String)> {
    let all = [
        ("citizen.issuer", provider.url.as_str()),
        ("citizen.client_id", CLIENT),
        ("citizen.client_secret", SECRET),
        ("citizen.label", "Đăng nhập bằng VNeID"),
    ];
    all.map(|(key, value)| (key, value.to_owned())).to_vec()
}

impl Person {
    /// Signs in at the provider, and comes back.
    async fn signs_in_as(&self, sub: &str) -> crate::page::Page {
        let place = self.goes("/ho-so-cua-toi/dang-nhap").await.is(303).place();
        let back = Browser::new().sign_in(&place.parse().unwrap(), sub).await;
        let encode = |text: &str| web::address::encoded(text);
        self.goes(&format!("/ho-so-cua-toi/xong?code={}&state={}", encode(&back.code), encode(&back.state))).await
    }
}

async fn taken_in(world: &World) -> String {
    let mai = world.person("mai");
    mai.takes_in("Nguyễn Văn Mẫu Hùng").await.goes_on();
    mai.dossier().await.between("<h1>", "</h1>")
}

#[tokio::test]
async fn a_citizen_who_is_known_needs_no_secret() {
    let provider = start(|_| ()).await;
    journey_with(&set(&provider), async |world| {
        with_procedure(&world).await;
        let code = taken_in(&world).await;
        world.name("code", &code);
        let citizen = world.stranger();
        citizen.opens("/ho-so-cua-toi").await.says("Đăng nhập bằng VNeID").hides(&code);
        citizen.signs_in_as("dan").await.leads("/ho-so-cua-toi");
        // The dossier that the counter took in for this number, without its secret; the number itself is not spelt out.
        citizen.opens("/ho-so-cua-toi").await.says(&code).says("…\u{2060}1234").hides("046085001234");
        citizen.opens("/tra-cuu/{code}").await.says("Nguyễn V. M. H.");
        // What is known is filled in.
        let page = citizen.opens("/dich-vu-cong/1.005129/nop").await;
        let form = page.form("/dich-vu-cong/1.005129/nop").with("truong_hop", "cap-lai");
        let draft = form.sent_by(&citizen).await.goes_on().place();
        let page = citizen.opens(&format!("{draft}/nguoi-nop")).await;
        let form = page.form(&format!("{draft}/nguoi-nop"));
        let filled = ["ten", "so_dinh_danh", "dien_thoai"].map(|name| form.value(name).to_owned());
        assert_eq!(filled, ["Nguyễn Văn Mẫu Hùng", "046085001234", "0905123456"]);
        // Somebody else with another browser, and this one once it is signed out, is asked for the secret.
        world.stranger().goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");
        citizen.opens("/ho-so-cua-toi").await.form("/ho-so-cua-toi/thoat").sent_by(&citizen).await.goes_on();
        citizen.opens("/ho-so-cua-toi").await.says("Đăng nhập bằng VNeID").hides(&code);
        citizen.goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");
        // The draft that was begun stays with this browser.
        citizen.opens(&draft).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_number_there_is_told() {
    let provider = start(|_| ()).await;
    journey_with(&set(&provider), async |world| {
        let citizen = world.stranger();
        citizen.signs_in_as("lan").await.refuses("không cho biết số định danh cá nhân");
        citizen.goes("/ho-so-cua-toi/xong?code=a&state=b").await.refuses("đã quá 10 phút");
        citizen.opens("/ho-so-cua-toi").await.says("Đăng nhập bằng VNeID");
    })
    .await;
}

#[tokio::test]
async fn the_way_to_another_system_is_not_there_until_it_is_configured() {
    journey_with(&[], async |world| {
        world.stranger().opens("/ho-so-cua-toi").await.says("Số định danh cá nhân").hides("Đăng nhập bằng VNeID");
        for path in ["/ho-so-cua-toi/dang-nhap", "/ho-so-cua-toi/xong"] {
            world.stranger().goes(path).await.is(404);
        }
    })
    .await;
}

/// What the portal is to be told, the latest first.
const TOLD: Sql = Sql { name: "TOLD", room: "tests", text: "select body from link_message order by id desc" };

/// Whether the latest dossier is told as one whose owner was identified.
async fn told_identified(world: &World) -> bool {
    let all: Vec<String> = world.db().read().await.unwrap().list(TOLD, &[], |row| row.pull()).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&all[0]).unwrap();
    body["identified"].as_bool().unwrap()
}

#[tokio::test]
async fn the_portal_is_told_whether_the_owner_was_identified() {
    let provider = start(|_| ()).await;
    let (_portal, mut settings) = portal(Generation::Y2023).await;
    settings.extend(set(&provider));
    journey_with(&settings, async |world| {
        with_procedure(&world).await;
        let citizen = world.stranger();
        // Nobody has signed in, though the number is the right one.
        citizen.begins_online("cap-lai").await;
        let form =
            citizen.opens("/nop-ho-so/{draft}/nguoi-nop").await.form(&world.address("/nop-ho-so/{draft}/nguoi-nop"));
        let form = form.filled(&[
            ("ten", "Nguyễn Văn Mẫu Hùng"),
            ("so_dinh_danh", "046085001234"),
            ("dien_thoai", "0905123456"),
        ]);
        form.sent_by(&citizen).await.goes_on();
        citizen.fills_the_rest("Nguyễn Văn Mẫu Hùng").await;
        citizen.sends_it().await;
        assert!(!told_identified(&world).await, "not signed in");
        citizen.signs_in_as("dan").await.leads("/ho-so-cua-toi");
        citizen.begins_online("cap-lai").await;
        citizen.fills_the_rest("Nguyễn Văn Mẫu Hùng").await;
        citizen.sends_it().await;
        assert!(told_identified(&world).await, "signed in, for themselves");
        // For somebody else: who signed in is not whose dossier it is.
        citizen.begins_online("cap-lai").await;
        let form =
            citizen.opens("/nop-ho-so/{draft}/nguoi-nop").await.form(&world.address("/nop-ho-so/{draft}/nguoi-nop"));
        form.with("so_dinh_danh", "046190005678").sent_by(&citizen).await.goes_on();
        citizen.fills_the_rest("Trần Thị Mẫu Lan").await;
        citizen.sends_it().await;
        assert!(!told_identified(&world).await, "signed in, for another");
        // By an account of the counter: no system has identified them.
        let mai = world.person("mai");
        mai.takes_in("Nguyễn Văn Mẫu Hùng").await.goes_on();
        let link = mai.makes_account().await;
        let second = world.stranger();
        second.chooses(&link, "046085001234", WORD, WORD).await.goes_on();
        second.comes_in("046085001234", WORD).await.leads("/ho-so-cua-toi");
        second.begins_online("cap-lai").await;
        second.fills_the_rest("Nguyễn Văn Mẫu Hùng").await;
        second.sends_it().await;
        assert!(!told_identified(&world).await, "by an account of the counter");
    })
    .await;
}

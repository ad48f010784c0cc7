//! Rounds, criteria sets and the survey as their administrator keeps them, on both databases, through the doors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
mod published;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use index::files::{set_toml, workbook};
use published::World;
use serde_json::{Value, json};
use tower::ServiceExt;

struct Got {
    status: StatusCode,
    place: String,
    bytes: Vec<u8>,
}

impl Got {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A sound page that says all of this.
    #[track_caller]
    fn says(self, words: &[&str]) -> Got {
        let html = self.text();
        for word in words {
            assert!(html.contains(word), "the page ({}, {}) does not say {word:?}: {html}", self.status, self.place);
        }
        let faults = web::look::check::faults(&html);
        assert!(faults.is_empty(), "{faults:#?}");
        self
    }

    #[track_caller]
    fn is(self, status: u16) -> Got {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.place, self.text());
        self
    }

    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let html = self.text();
        let mark = format!("name=\"{name}\" value=\"");
        let value = html.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }
}

async fn send(world: &World, request: Request<Body>) -> Got {
    let answer = world.router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let place =
        answer.headers().get(header::LOCATION).map(|place| place.to_str().unwrap().to_owned()).unwrap_or_default();
    let bytes = to_bytes(answer.into_body(), 50_000_000).await.unwrap().to_vec();
    Got { status, place, bytes }
}

fn cookie(world: &World, who: &str) -> String {
    format!("{}={}", web::Cookie::name(&world.site), world.cookie(who))
}

async fn get(world: &World, who: &str, path: &str) -> Got {
    send(world, Request::get(path).header(header::COOKIE, cookie(world, who)).body(Body::empty()).unwrap()).await
}

async fn csrf(world: &World, who: &str) -> String {
    let beside = world.site.db.beside().await.unwrap();
    people::enter(&beside, world.cookie(who), world.site.now()).await.unwrap().unwrap().session.csrf
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

async fn post(world: &World, who: &str, path: &str, fields: &[(&str, &str)]) -> Got {
    let mut body = format!("csrf={}", csrf(world, who).await);
    for (name, value) in fields {
        body += &format!("&{}={}", encoded(name), encoded(value));
    }
    let request = Request::post(path)
        .header(header::COOKIE, cookie(world, who))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body));
    send(world, request.unwrap()).await
}

async fn upload(world: &World, who: &str, path: &str, name: &str, bytes: &[u8]) -> Got {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
        csrf(world, who).await
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(path)
        .header(header::COOKIE, cookie(world, who))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body));
    send(world, request.unwrap()).await
}

async fn edition(world: &World, code: &str) -> rulebook::Edition {
    rulebook::latest(&mut world.site.db.read().await.unwrap(), "criteria", code).await.unwrap().unwrap()
}

const SETS: &str = "/chi-so/bo-tieu-chi";

#[tokio::test]
async fn every_page_is_sound_and_shows_each_person_their_part() {
    for world in World::both().await {
        let round = format!("/chi-so/dot/{}", world.open);
        get(&world, "head", "/").await.says(&["Việc của tôi", "Phiếu chấm điểm của Sở Công Thương"]);
        get(&world, "appraiser", "/").await.says(&["Việc của tôi"]);
        get(&world, "council", "/").await.says(&["đã kết luận 0/"]);
        get(&world, "viewer", "/chi-so").await.says(&["Các đợt chấm", "Đã công bố", "còn 17 ngày", "MẪU"]);
        get(&world, "admin", &round).await.says(&["Đang ở đây", "Sở Công Thương", "Người thẩm định", "Tiến độ"]);
        let own = get(&world, "staff", &round).await.says(&["Sở Công Thương", "Chấm điểm"]);
        assert!(!own.text().contains("Sở Tư pháp"), "before publication a unit sees only itself");
        let found = get(&world, "council", &format!("{round}?tim=cong+thuong&trang_thai=dang-cham&sap=-tien-do")).await;
        assert!(!found.says(&["Sở Công Thương"]).text().contains("Sở Tư pháp"));
        let past = get(&world, "staff", &format!("/chi-so/dot/{}?dong=50", world.past)).await;
        past.says(&["Đã công bố", "Sở Tư pháp", "MẪU-01/QĐ-UBND"]);
        let file = get(&world, "council", &format!("{round}?xuat=xlsx&loai=so")).await.is(200);
        let book = sheet::read(&file.bytes, "x.xlsx").unwrap();
        let grid = book.sheets[0].grid(&["Đơn vị", "Tiêu chí đã xong"]).unwrap();
        assert_eq!(grid.lines().count(), 20);
        for page in ["ngay", "nguoi-tham-dinh", "nguoi-tham-dinh?loai=so", "dieu-tra"] {
            get(&world, "admin", &format!("{round}/{page}")).await.is(200).says(&[]);
        }
        get(&world, "council", &format!("{round}/cong-bo")).await.says(&["đơn vị chưa kết luận"]);
        get(&world, "staff", &format!("{round}/ngay")).await.is(403);
        get(&world, "admin", SETS).await.says(&["Soạn mới", "MẪU", "Đang hiệu lực"]);
        get(&world, "staff", &format!("{SETS}?tim=thanh+hoa&trang_thai=sap")).await.says(&["Thanh Hóa"]);
        let set = edition(&world, "mau-so-2020").await;
        get(&world, "staff", &format!("{SETS}/{}", set.id)).await.says(&[
            "Điểm theo lĩnh vực",
            "theo tỷ lệ",
            "id=\"tc-3-1\"",
        ]);
        for page in ["moi", "nap", "so-sanh"] {
            get(&world, "admin", &format!("{SETS}/{page}")).await.is(200).says(&[]);
        }
        get(&world, "admin", &format!("{SETS}/{}/sua", set.id)).await.is(422).says(&["đã ban hành thì không sửa"]);
    }
}

#[tokio::test]
async fn a_round_is_made_given_to_appraisers_changed_and_opened() {
    for world in World::both().await {
        let form = get(&world, "admin", "/chi-so/dot/moi?nam=2020").await.says(&["Sở, ban, ngành", "20 đơn vị"]);
        let set = edition(&world, "mau-so-2020").await.id.to_string();
        let (a, b) = (world.unit("so-cong-thuong").to_string(), world.unit("so-tu-phap").to_string());
        let mut fields = vec![
            ("year", "2020"),
            ("name", "Đợt thử"),
            ("scoring_from", "1/12/2020"),
            ("scoring_to", "20/12/2020"),
            ("appraisal_to", "15/12/2020"),
            ("explaining_to", "20/1/2021"),
            ("second_to", "31/1/2021"),
            ("bo_so", &set),
            ("don_vi_so", &a),
            ("don_vi_so", &b),
            ("bo_huyen", "khong"),
        ];
        let key = form.hidden("key");
        fields.push(("key", &key));
        let refused = post(&world, "admin", "/chi-so/dot/moi", &fields).await.is(422);
        refused.says(&["Chọn bộ tiêu chí cho Cấp xã", "value=\"Đợt thử\"", "Lỗi: "]);
        fields.push(("bo_xa", "khong"));
        post(&world, "admin", "/chi-so/dot/moi", &fields).await.is(422).says(&["Các ngày phải nối tiếp nhau"]);
        fields[4] = ("appraisal_to", "10/1/2021");
        let made = post(&world, "admin", "/chi-so/dot/moi", &fields).await.is(303).place;
        assert_eq!(
            post(&world, "admin", "/chi-so/dot/moi", &fields).await.place,
            made,
            "a form sent twice makes one round"
        );
        get(&world, "staff", &made).await.is(404);

        let watch = format!("{made}/nguoi-tham-dinh");
        let unit = world.unit("so-noi-vu").to_string();
        post(&world, "admin", &watch, &[("loai", "so"), ("unit", &unit)])
            .await
            .is(422)
            .says(&["Chọn ít nhất một lĩnh vực"]);
        post(&world, "admin", &watch, &[("loai", "so"), ("unit", &unit), ("field", "1"), ("field", "2")]).await.is(303);
        post(&world, "admin", &watch, &[("loai", "so"), ("unit", &unit), ("field", "1")]).await.is(303);
        let page = get(&world, "admin", &format!("{watch}?loai=so")).await.says(&["Sở Nội vụ", "Chưa giao"]);
        assert_eq!(page.text().matches("name=\"id\"").count(), 2, "the same field is given once");
        post(&world, "admin", &format!("{watch}/bo"), &[("loai", "so"), ("id", &page.hidden("id"))]).await.is(303);
        let left = get(&world, "admin", &format!("{watch}?loai=so")).await;
        assert_eq!(left.text().matches("name=\"id\"").count(), 1);

        let days = get(&world, "admin", &format!("{made}/ngay")).await.says(&["value=\"20/12/2020\""]);
        let version = days.hidden("version");
        let mut change = vec![
            ("version", version.as_str()),
            ("name", "Đợt thử, sửa"),
            ("scoring_from", "20/11/2020"),
            ("scoring_to", "20/12/2020"),
            ("appraisal_to", "32/1/2021"),
            ("explaining_to", "20/1/2021"),
            ("second_to", "31/1/2021"),
        ];
        post(&world, "admin", &format!("{made}/ngay"), &change).await.is(422).says(&["value=\"32/1/2021\""]);
        change[4] = ("appraisal_to", "10/1/2021");
        post(&world, "admin", &format!("{made}/ngay"), &change).await.is(303);
        let stale = post(&world, "admin", &format!("{made}/ngay"), &change).await.is(409);
        stale.says(&["Bản mới: “Đợt thử, sửa”"]);

        post(&world, "admin", &format!("{made}/mo"), &[]).await.is(303);
        get(&world, "staff", &made).await.says(&["Tự chấm", "Chấm điểm"]);
    }
}

#[tokio::test]
async fn a_workbook_comes_back_with_its_difference_and_is_published() {
    for world in World::both().await {
        let old = edition(&world, "mau-so-2020").await;
        let copied =
            post(&world, "admin", &format!("{SETS}/{}/sao-chep", old.id), &[("code", "so-2021")]).await.is(303);
        let draft = edition(&world, "so-2021").await;
        assert_eq!(copied.place, format!("{SETS}/{}", draft.id));
        assert_eq!((draft.valid_from.to_string(), draft.source.as_str()), ("2021-01-01".into(), ""));
        get(&world, "staff", &copied.place).await.is(404);
        get(&world, "admin", &copied.place).await.says(&["Bản nháp", "Thêm tiêu chí", "Chưa ghi căn cứ"]);

        // Out as a workbook, one maximum changed in two places, and in again.
        let out = get(&world, "admin", &format!("{}/tai?kieu=xlsx", copied.place)).await.is(200);
        let book = sheet::read(&out.bytes, "so-2021.xlsx").unwrap();
        let read = workbook::read(&book, "2020-11-24".parse().unwrap()).unwrap();
        assert_eq!(read.edition.as_deref(), Some(draft.id.to_string().as_str()));
        let mut set = read.set.clone();
        set["criteria"][0]["name"] = json!("Chỉ đạo, điều hành");
        let bytes = workbook::write(&set, &draft.id.to_string()).unwrap();
        let preview = upload(&world, "admin", &format!("{SETS}/nap"), "so-2021.xlsx", &bytes).await.is(200);
        let preview = preview.says(&["1 khác biệt", "Tên tiêu chí", "Chỉ đạo, điều hành", "Lưu thành bản nháp"]);
        let kept =
            post(&world, "admin", &format!("{SETS}/nap"), &[("noi_dung", &preview.hidden("noi_dung"))]).await.is(303);
        assert_eq!(kept.place, copied.place, "the draft of the code is written, not a second one");
        let draft = edition(&world, "so-2021").await;
        assert_eq!(draft.body["criteria"][0]["name"], json!("Chỉ đạo, điều hành"));

        let publish = format!("{}/ban-hanh", kept.place);
        let version = draft.version.to_string();
        get(&world, "admin", &publish).await.says(&["Quyết định ban hành"]);
        post(&world, "admin", &publish, &[("version", &version), ("source", "")])
            .await
            .is(422)
            .says(&["Ghi số, ngày của quyết định"]);
        post(&world, "admin", &publish, &[("version", &version), ("source", "QĐ 1/QĐ-UBND ngày 01/01/2021")])
            .await
            .is(303);
        let done = edition(&world, "so-2021").await;
        assert_eq!(
            (done.status, done.body["source"].as_str()),
            (rulebook::Status::Published, Some("QĐ 1/QĐ-UBND ngày 01/01/2021"))
        );
        get(&world, "staff", &format!("{SETS}/so-sanh?a={}&b={}", old.id, done.id))
            .await
            .says(&["khác biệt", "Chỉ đạo, điều hành"]);
        post(&world, "staff", &publish, &[("version", "1"), ("source", "x")]).await.is(403);
    }
}

#[tokio::test]
async fn a_file_with_errors_is_named_cell_by_cell_and_nothing_is_taken() {
    for world in World::both().await {
        let mut set = edition(&world, "mau-so-2020").await.body;
        set["code"] = json!("sai-2021");
        let leaf = set["criteria"].as_array().unwrap().iter().position(|one| one.get("measure").is_some()).unwrap();
        set["criteria"][leaf]["max"] = json!("7.77");
        let bytes = workbook::write(&set, "").unwrap();
        let page = upload(&world, "admin", &format!("{SETS}/nap"), "sai.xlsx", &bytes).await.is(422);
        let page = page.says(&["chỗ cần sửa", "Tiêu chí!", "Tải tệp có đánh dấu ô lỗi", "Lỗi: "]);
        assert!(
            rulebook::latest(&mut world.site.db.read().await.unwrap(), "criteria", "sai-2021").await.unwrap().is_none()
        );
        let fields = [("ten", "sai.xlsx"), ("goc", &page.hidden("goc"))];
        let marked = post(&world, "admin", &format!("{SETS}/nap/loi"), &fields).await.is(200);
        assert!(sheet::read(&marked.bytes, "loi.xlsx").is_ok());
        upload(&world, "admin", &format!("{SETS}/nap"), "sai.toml", b"code = \"a\ncriteria = 1")
            .await
            .is(422)
            .says(&["Chưa có gì được lưu"]);
        upload(&world, "admin", &format!("{SETS}/nap"), "rong.xlsx", b"").await.is(422).says(&[]);
    }
}

#[tokio::test]
async fn a_set_is_written_on_screen() {
    for world in World::both().await {
        let begun = [("code", "tu-soan"), ("name", "Bộ tự soạn"), ("kind", "so"), ("from", "1/1/2021")];
        let here = post(&world, "admin", &format!("{SETS}/moi"), &begun).await.is(303).place;
        let form = format!("{here}/tieu-chi");
        let version = |got: &Got| got.hidden("version");
        let blank = get(&world, "admin", &form).await.says(&["Thêm tiêu chí", "Cách chấm"]);
        let field = [("version", version(&blank)), ("code", "1".into()), ("name", "Chỉ đạo".into())];
        let fields: Vec<(&str, &str)> = field.iter().map(|(name, value)| (*name, value.as_str())).collect();
        post(&world, "admin", &form, &fields).await.is(303);
        let v = version(&get(&world, "admin", &form).await);
        let leaf = |extra: &[(&'static str, &'static str)]| {
            let mut all = vec![
                ("version", v.clone()),
                ("code", "1.1".to_owned()),
                ("name", "Kế hoạch".into()),
                ("max", "1,5".into()),
                ("filled_by", "self".into()),
            ];
            all.extend(extra.iter().map(|(name, value)| (*name, (*value).to_owned())));
            all
        };
        let as_refs =
            |all: &[(&'static str, String)]| all.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
        let go = async |all: Vec<(&'static str, String)>| {
            let owned = as_refs(&all);
            let pairs: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
            post(&world, "admin", &form, &pairs).await
        };
        go(leaf(&[("kind", "ratio"), ("doi", "1")])).await.is(200).says(&["Tỷ lệ đạt tối đa", "value=\"1,5\""]);
        go(leaf(&[("kind", "choice"), ("levels", "Tốt | 1,5\nKhá không điểm")]))
            .await
            .is(422)
            .says(&["Dòng 2: thiếu dấu"]);
        go(leaf(&[("kind", "ratio"), ("floor", "12.5")])).await.is(422).says(&["dấu phẩy"]);
        go(leaf(&[("kind", "choice"), ("levels", "Tốt | một phần | 1,5\nKhá | 1")])).await.is(303);
        go(leaf(&[("kind", "yes-no")])).await.is(409).says(&["Bản vừa được người khác lưu"]);
        let stored = edition(&world, "tu-soan").await;
        assert_eq!(
            stored.body["criteria"][1]["measure"]["options"][0],
            json!({ "name": "Tốt | một phần", "points": "1.5" })
        );
        get(&world, "admin", &format!("{form}?ma=1.1")).await.says(&["Tốt | một phần | 1,5", "Bỏ tiêu chí 1.1"]);

        let own = get(&world, "admin", &format!("{here}/sua")).await.says(&["Bộ tự soạn"]);
        let v = own.hidden("version");
        let change = [
            ("version", v.as_str()),
            ("name", "Bộ tự soạn 2"),
            ("valid.from", "1/1/2021"),
            ("applies_to", "so"),
            ("rounding.total", "2"),
            ("ratings", "Tốt | 80 | có\nYếu | 0"),
        ];
        post(&world, "admin", &format!("{here}/sua"), &change).await.is(303);
        let stored = edition(&world, "tu-soan").await;
        assert_eq!(stored.name, "Bộ tự soạn 2");
        assert_eq!(stored.body["ratings"][0], json!({ "name": "Tốt", "from": "80", "no_zero": true }));
        assert_eq!(stored.body["criteria"].as_array().map(Vec::len), Some(2), "criteria stay");
        let v = stored.version.to_string();
        post(&world, "admin", &format!("{form}/bo"), &[("version", &v), ("ma", "1")]).await.is(303);
        assert_eq!(edition(&world, "tu-soan").await.body["criteria"], json!([]));
    }
}

#[tokio::test]
async fn a_nested_measure_goes_through_the_screen_unchanged() {
    let world = &World::both().await[0];
    let old = edition(world, "mau-so-2020").await;
    let list = old.body["criteria"].as_array().unwrap();
    post(world, "admin", &format!("{SETS}/{}/sao-chep", old.id), &[("code", "chep")]).await.is(303);
    let mut kinds = std::collections::BTreeSet::new();
    for criterion in list.iter().filter(|one| one.get("measure").is_some()) {
        let (code, kind) = (criterion["code"].as_str().unwrap(), criterion["measure"]["kind"].as_str().unwrap());
        if !kinds.insert(kind.to_owned()) {
            continue;
        }
        let draft = edition(world, "chep").await;
        let form = format!("{SETS}/{}/tieu-chi", draft.id);
        let page = get(world, "admin", &format!("{form}?ma={code}")).await.is(200).text();
        let owned = boxes(&page);
        let pairs: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        post(world, "admin", &form, &pairs).await.is(303);
        let now = edition(world, "chep").await;
        let stored =
            now.body["criteria"].as_array().unwrap().iter().find(|one| one["code"] == json!(code)).unwrap().clone();
        let mut expected = criterion.clone();
        // A text area drops the blank at its end, and nothing else.
        if let Some(text) = expected.get("text").and_then(Value::as_str).map(|text| text.trim_end().to_owned()) {
            expected["text"] = json!(text);
        }
        assert_eq!(stored, expected, "{code}, {kind}");
    }
    assert_eq!(kinds.len(), 14, "{kinds:?}");
}

/// What a browser would send of the criterion's form: inputs, the chosen options, text areas.
fn boxes(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form class=\"form\"").nth(1).unwrap().split("</form>").next().unwrap();
    let plain =
        |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(plain)
    };
    let mut found = Vec::new();
    for piece in form.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or((piece, ""));
        match tag.split_whitespace().next() {
            Some("input") => found.push((attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap_or_default())),
            Some("select") | Some("textarea") => found.push((attribute(tag, "name").unwrap(), String::new())),
            Some("option") if tag.contains(" selected") => {
                found.last_mut().unwrap().1 = attribute(tag, "value").unwrap_or_default()
            }
            _ => {}
        }
        if tag.starts_with("textarea") {
            found.last_mut().unwrap().1 = plain(piece.split_once('>').unwrap().1);
        }
    }
    found.retain(|(name, _)| name != "csrf");
    found
}

/// The card of Sở Công Thương in the open round.
async fn card(world: &World) -> index::view::View {
    let mut conn = world.site.db.read().await.unwrap();
    index::view::load(&mut conn, &admin(world), world.open, world.unit("so-cong-thuong")).await.unwrap()
}

#[tokio::test]
async fn the_survey_is_looked_at_before_it_is_taken() {
    for world in World::both().await {
        let here = format!("/chi-so/dot/{}/dieu-tra", world.open);
        let mau = get(&world, "admin", &format!("{here}/mau?kieu=dong")).await.is(200);
        let same = upload(&world, "admin", &here, "dieu-tra.xlsx", &mau.bytes).await.is(200);
        same.says(&["Trong đó thay đổi", "Nạp 240 ô hợp lệ"]);
        let csv = "Mã đơn vị;Đơn vị;Mã tiêu chí;Phương án 1;Phương án 2;Phương án 3;Phương án 4\n\
                   so-cong-thuong;;1.7;40;20;3;1\nso-tu-phap;;1.7;nhiều;1;1;1\nso-khong-co;;1.7;1;1;1;1\nso-tu-phap;;1.1.1;1;1;1;1\n";
        let page = upload(&world, "admin", &here, "x.csv", csv.as_bytes()).await.is(200);
        let page = page.says(&[
            "D3: ",
            "D4: đợt chấm không có đơn vị",
            "D5: tiêu chí 1.1.1 không chấm bằng điều tra",
            "Nạp 1 ô hợp lệ",
        ]);
        let packed = page.hidden("noi_dung");
        post(&world, "admin", &here, &[("noi_dung", &packed), ("loi", "3")]).await.is(422).says(&["Tệp còn dòng lỗi"]);
        post(&world, "admin", &here, &[("noi_dung", &packed), ("loi", "3"), ("bo_qua", "1")]).await.is(303);
        let view = card(&world).await;
        assert_eq!(view.answers["1.7"].value, Some(json!({ "answers": [40, 20, 3, 1] })));
        let json = json!({ "units": { "Sở Công Thương": { "1.7": { "answers": [1, 2, 3, 4] } } } }).to_string();
        upload(&world, "admin", &here, "x.json", json.as_bytes()).await.is(200).says(&["Nạp 1 ô hợp lệ"]);
        upload(&world, "admin", &here, "x.pdf", b"%PDF-1.4 nothing").await.is(422).says(&[]);

        let unit = world.unit("so-cong-thuong").to_string();
        post(&world, "admin", &format!("{here}/khong-to-chuc"), &[("unit", &unit)]).await.is(303);
        let view = card(&world).await;
        assert!(!view.card.survey_held);
        post(&world, "staff", &here, &[("noi_dung", "[]")]).await.is(403);
    }
}

fn admin(world: &World) -> people::Scope {
    people::Scope { unit: Some(world.unit("tinh-quang-tri")), ..world.program() }
}

#[tokio::test]
async fn the_command_line_brings_a_set_in_and_out() {
    for world in World::both().await {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let db = &world.site.db;
        for to in ["a.xlsx", "a.toml", "a.json"] {
            let ask = index::cli::Export { code: "mau-xa-2020".into(), number: None, to: path(to) };
            assert_eq!(index::cli::export(&ask, db, &mut out, &mut err).await, 0, "{}", String::from_utf8_lossy(&err));
        }
        let missing = index::cli::Export { code: "khong-co".into(), number: Some(3), to: path("b.toml") };
        assert_eq!(index::cli::export(&missing, db, &mut out, &mut err).await, 1);
        let text = std::fs::read_to_string(path("a.toml")).unwrap().replace("mau-xa-2020", "xa-cl");
        assert!(set_toml::read(&text).unwrap().reading.set.is_some());
        std::fs::write(path("a.toml"), &text).unwrap();
        let ask = index::cli::Import { file: path("a.toml"), publish: true };
        assert_eq!(
            index::cli::import(&ask, db, world.site.now(), &mut out, &mut err).await,
            0,
            "{}",
            String::from_utf8_lossy(&err)
        );
        assert_eq!(edition(&world, "xa-cl").await.status, rulebook::Status::Published);
        let ask = index::cli::Import { file: path("a.xlsx"), publish: false };
        assert_eq!(
            index::cli::import(&ask, db, world.site.now(), &mut out, &mut err).await,
            0,
            "{}",
            String::from_utf8_lossy(&err)
        );
        assert_eq!(edition(&world, "mau-xa-2020").await.number, 2, "a published set is followed by a draft");
        std::fs::write(path("bad.toml"), text.replace("max = \"", "max = \"9")).unwrap();
        let ask = index::cli::Import { file: path("bad.toml"), publish: true };
        err.clear();
        assert_eq!(index::cli::import(&ask, db, world.site.now(), &mut out, &mut err).await, 1);
        assert!(String::from_utf8_lossy(&err).contains("Dòng "), "{}", String::from_utf8_lossy(&err));
    }
}

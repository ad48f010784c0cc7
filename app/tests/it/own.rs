//! A citizen who signs in at a system that knows them: a real provider, whose claims the settings name.

use crate::browser::Browser;
use crate::counter::with_procedure;
use crate::person::Person;
use crate::provider::{CLIENT, Provider, SECRET, start_for};
use crate::world::{World, journey_with};

const BACK: &str = "http://cuaviet.test/ho-so-cua-toi/xong";

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
    async fn signs_in_as(&self, login: &str, password: &str) -> crate::page::Page {
        let place = self.goes("/ho-so-cua-toi/dang-nhap").await.is(303).place();
        let back = Browser::new().sign_in(&place.parse().unwrap(), login, password).await;
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
    let Some(provider) = start_for(BACK, None).await else { return };
    journey_with(&set(&provider), async |world| {
        with_procedure(&world).await;
        let code = taken_in(&world).await;
        world.name("code", &code);
        let citizen = world.stranger();
        citizen.opens("/ho-so-cua-toi").await.says("Đăng nhập bằng VNeID").hides(&code);
        citizen.signs_in_as("dan", "mat-khau-cua-dan").await.leads("/ho-so-cua-toi");
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
    let Some(provider) = start_for(BACK, None).await else { return };
    journey_with(&set(&provider), async |world| {
        let citizen = world.stranger();
        citizen.signs_in_as("lan", "mat-khau-cua-lan").await.refuses("không cho biết số định danh cá nhân");
        citizen.goes("/ho-so-cua-toi/xong?code=a&state=b").await.refuses("đã quá 10 phút");
        citizen.opens("/ho-so-cua-toi").await.says("Đăng nhập bằng VNeID");
    })
    .await;
}

#[tokio::test]
async fn there_is_no_such_page_until_it_is_configured() {
    journey_with(&[], async |world| {
        for path in ["/ho-so-cua-toi", "/ho-so-cua-toi/dang-nhap", "/ho-so-cua-toi/xong"] {
            world.stranger().goes(path).await.is(404);
        }
    })
    .await;
}

//! Papers that the agency has already: taken over from an earlier dossier of the same owner, and of nobody else.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::world::journey;

const REUSE: &str = "/mot-cua/ho-so/{dossier}/dung-lai";

#[tokio::test]
async fn a_paper_that_is_held_is_not_handed_in_again() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        // Nothing to take over: its paper is here, and there is no other dossier.
        let first = mai.dossier().await.hides("Dùng lại");
        let code = first.between("<h1>", "</h1>");
        // The second time she has only paper before her; the scan is there already.
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu An Phát");
        let done = form.with("so_dinh_danh", "046085001234").sent_by(&mai).await.goes_on();
        let place = done.place();
        world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
        let page = mai.dossier().await.says(&format!("đã có trong hồ sơ {code}"));
        let form = page.form(&world.address(REUSE));
        // A file of another record is not found, whoever asks.
        let other = form.clone().with("tep", "00000000-0000-0000-0000-000000000000");
        other.sent_by(&mai).await.is(404);
        // Nor may another agency take it over.
        let (version, file) = (form.value("version").to_owned(), form.value("tep").to_owned());
        let sent = [("version", version.as_str()), ("giay", "don"), ("tep", file.as_str())];
        world.person("tam").sends(REUSE, &sent).await.is(404);
        form.sent_by(&mai).await.goes_on();
        let page =
            mai.dossier().await.says(&format!("Dùng lại từ hồ sơ {code}")).says("don.pdf").hides("đã có trong hồ sơ");
        let file = mai.opens(&page.link(&world.address("/mot-cua/ho-so/{dossier}/tep/"))).await;
        assert_eq!(file.bytes, PDF);
        // Somebody of the same name and another number has nothing of hers.
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu An Phát");
        let done = form.with("so_dinh_danh", "046085009999").sent_by(&mai).await.goes_on();
        mai.opens(&done.place()).await.hides("đã có trong hồ sơ");
    })
    .await;
}

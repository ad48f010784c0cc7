//! Documents: given with their files, used for more criteria, taken away; which files are not taken, by name.

use crate::deeds::PDF;
use crate::world::journey;

#[tokio::test]
async fn a_document_is_given_once_and_proves_two_criteria() {
    journey(async |world| {
        let (lan, yen) = (world.person("lan"), world.person("yen"));
        lan.proves("1.1", "Kế hoạch CCHC.pdf", PDF)
            .await
            .leads(&world.address("/chi-so/dot/{round}/phieu/{sct}?mo=1.1"));
        let page = lan
            .drawer("1.1")
            .await
            .says("118/BC-SCT ngày 10/11/2026")
            .says("mục II, trang 3")
            .says("Kế hoạch CCHC.pdf");
        let link = page.link("/chi-so/tai-lieu/");
        let mut parts = link.rsplit('/');
        world.name("file", parts.next().unwrap());
        world.name("document", parts.next().unwrap());
        let file = lan.opens("/chi-so/tai-lieu/{document}/{file}").await;
        assert_eq!((file.bytes.as_slice(), file.header("content-type").as_str()), (PDF, "application/pdf"));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        yen.goes("/chi-so/tai-lieu/{document}/{file}").await.is(403);
        lan.goes("/chi-so/tai-lieu/{document}/{document}").await.is(404);
        // The same document for another criterion; without its place it proves nothing.
        let again = lan.drawer("1.2").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.2/dung-lai"));
        again.clone().with("place", "trang 9").sent_by(&lan).await.refuses("Chọn một tài liệu trong danh sách.");
        let again =
            again.with("evidence", &world.id("document")).sent_by(&lan).await.refuses("thiếu mục, trang có minh chứng");
        let again = again.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.2/dung-lai"));
        assert_eq!(again.value("evidence"), world.id("document"));
        again.with("place", "trang 9").sent_by(&lan).await.goes_on();
        let page = lan.drawer("1.2").await.says("Chứng minh tại: trang 9");
        page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.2/bo")).sent_by(&lan).await.goes_on();
        lan.drawer("1.2").await.hides("Chứng minh tại: trang 9");
        lan.drawer("1.1").await.says("Chứng minh tại: mục II, trang 3");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_taken_is_named_and_the_rest_of_the_form_is_kept() {
    journey(async |world| {
        let lan = world.person("lan");
        let large = [PDF, &vec![b' '; 1024 * 1024]].concat();
        let wrong: [(&str, &[u8], &str); 4] = [
            ("rong.pdf", b"", "Tệp “rong.pdf” rỗng (0 byte)"),
            ("bao-cao.pdf", b"Xin chao, day chi la van ban thuong.\n", "Tệp “bao-cao.pdf” không phải là tệp PDF"),
            ("lon.pdf", &large, "Tệp “lon.pdf” quá lớn"),
            (
                "cai-dat.pdf",
                b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
                "Tệp “cai-dat.pdf” không phải là tệp PDF mà là chương trình",
            ),
        ];
        for (name, content, say) in wrong {
            let page = lan.proves("1.1", name, content).await.refuses(say);
            let form = page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.1"));
            let kept = ["number", "issued", "issuer", "summary", "place"].map(|name| form.value(name));
            assert_eq!(
                kept,
                [
                    "118/BC-SCT",
                    "10/11/2026",
                    "Sở Công Thương",
                    "Báo cáo cải cách hành chính năm 2026",
                    "mục II, trang 3"
                ],
                "{name}"
            );
            // With a good file it goes through, from where it stands.
            if name == "lon.pdf" {
                form.attach("file", "vua.pdf", PDF).sent_by(&lan).await.goes_on();
            }
        }
        assert_eq!(world.done("index.proved").await, 1);
        // Of two files the one that is wrong is named, and neither is kept.
        let form = lan.drawer("1.2").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.2"));
        let form = form
            .filled(&[("number", "9/BC"), ("issuer", "SCT"), ("place", "tr. 1")])
            .attach("file", "tot.pdf", PDF)
            .attach("file", "xau.pdf", b"");
        form.sent_by(&lan).await.refuses("Tệp “xau.pdf” rỗng").hides("“tot.pdf”");
        assert_eq!(world.done("index.proved").await, 1);
        let form = lan.drawer("1.2").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.2"));
        form.sent_by(&lan)
            .await
            .refuses("Có 4 chỗ cần sửa")
            .says("thiếu số ký hiệu hoặc trích yếu")
            .says("thiếu tệp hoặc liên kết");
    })
    .await;
}

//! Files in pieces: one that stops half way goes on, for the browser that began it alone.

use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::world::journey;
use jiff::SignedDuration;

#[tokio::test]
async fn a_file_that_stops_half_way_goes_on() {
    journey(async |world| {
        with_procedure(&world).await;
        let citizen = world.stranger();
        citizen.begins_online("cap-lai").await;
        let file = [PDF, &vec![b'\n'; 300_000]].concat();
        let (half, size) = (file.len() / 2, file.len().to_string());
        let begins = [("ten", "don-lon.pdf"), ("dung_luong", &*size)];
        // What is too large is told before its first byte.
        let heavy = [("ten", "phim.pdf"), ("dung_luong", "999999999")];
        citizen.sends("/tai-len", &heavy).await.refuses("Tệp “phim.pdf” quá lớn");
        let begun = citizen.sends("/tai-len", &begins).await.is(201).json();
        let id = begun["id"].as_str().unwrap().to_owned();
        world.name("upload", &id);
        citizen.puts("/tai-len/{upload}?tu=0", &file[..half]).await.is(200);
        // Another browser finds nothing, with pieces of its own or without.
        let other = world.stranger();
        other.goes("/tai-len/{upload}").await.is(404);
        other.sends("/tai-len", &begins).await.is(201);
        other.goes("/tai-len/{upload}").await.is(404);
        other.puts("/tai-len/{upload}?tu=0", b"x").await.is(404);
        let mai = world.person("mai");
        mai.goes("/tai-len/{upload}").await.is(404);
        mai.posts("/tai-len", &[("ten".into(), "don.pdf".into())], &Default::default()).await.is(403);
        // Half a file is none; a piece goes where the file goes on, and nowhere else.
        let door = world.address("/nop-ho-so/{draft}/giay-to/don");
        let with = [("tai_len.tep".to_owned(), id)];
        citizen.uploads(&door, &with, &[]).await.refuses("Tệp “don-lon.pdf” chưa tải lên hết");
        let told = citizen.puts("/tai-len/{upload}?tu=0", &file[..half]).await.is(409).json();
        assert_eq!(told["da_nhan"], half);
        let at = citizen.opens("/tai-len/{upload}").await.json()["da_nhan"].as_u64().unwrap();
        let rest = format!("/tai-len/{{upload}}?tu={at}");
        citizen.puts(&rest, &[&file[half..], b"more"].concat()).await.refuses("không khớp với dung lượng");
        citizen.puts(&rest, &file[half..]).await.is(200);
        other.uploads(&door, &with, &[]).await.refuses("Tệp đã tải lên không còn được giữ");
        citizen.uploads(&door, &with, &[]).await.goes_on();
        citizen.opens(&door).await.says("don-lon.pdf");
        citizen.fills_the_rest("Trần Thị Mẫu").await;
        citizen.sends_it().await;
        let place = mai.opens("/mot-cua?hop=cho-tiep-nhan").await.link("/mot-cua/ho-so/");
        let page = mai.opens(&place).await.says("don-lon.pdf").html();
        let (before, _) = page.split_once(">don-lon.pdf").unwrap();
        let link = before.rsplit_once("href=\"").unwrap().1.trim_end_matches('"').to_owned();
        assert_eq!(mai.opens(&link).await.bytes, file, "the file is what was sent, to the byte");
        // What nobody goes on with is thrown away a day later.
        let later = world.site().now() + SignedDuration::from_hours(25);
        let site = world.site();
        assert_eq!(file::sweep_uploads(&site.db, &site.files, later).await.unwrap(), 2);
        citizen.goes("/tai-len/{upload}").await.is(404);
    })
    .await;
}

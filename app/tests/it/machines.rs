//! What machines ask of the site, and what a browser fetches beside its pages.

use crate::world::journey;
use cuaviet::wiring;

#[tokio::test]
async fn the_doors_around_the_site_answer() {
    journey(async |world| {
        let stranger = world.stranger();
        assert_eq!(stranger.opens("/healthz").await.html(), "ok\n");
        assert_eq!(stranger.opens("/readyz").await.json()["database"], "ok");
        // Without a token, figures are for this very machine.
        stranger.goes("/metrics").await.is(404);
        assert!(stranger.opens("/version").await.json()["version"].is_string());
        stranger.opens("/robots.txt").await.says("Disallow: /");
        let described = stranger.opens("/api/openapi.json").await.json();
        let described = described["paths"].as_object().unwrap();
        for line in wiring::routes().table().iter().filter(|line| line.path.starts_with("/api/v1")) {
            assert!(
                described.get(line.path).and_then(|verbs| verbs.get(line.method.as_str().to_lowercase())).is_some(),
                "{} {}",
                line.method,
                line.path
            );
        }
        let style = stranger.opens("/dang-nhap").await.between("<link rel=\"stylesheet\" href=\"", "\"");
        let style = stranger.opens(&style).await;
        assert!(
            style.header("content-type").starts_with("text/css") && style.header("cache-control").contains("immutable")
        );
        stranger.goes("/tinh/khong-co.css").await.is(404);
        stranger.goes("/khong-co-trang-nay").await.is(404).says("Không");
        world.person("lan").goes("/chi-so/dot/khong-phai-ma").await.is(404).hides("Invalid");
    })
    .await;
}

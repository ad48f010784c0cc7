-- What programs send twice is done once.

-- A sending with an `Idempotency-Key`, by whoever owns the caller's key. Without a status it runs, or the program stopped in the middle of it. Kept for 24 hours:
-- an answer may tell a secret that is told once.
create table api_once (
    owner text not null,                   -- account@unit
    key text not null,
    digest text not null,                  -- SHA-256 of address, version and body
    at bigint not null,
    status bigint,
    etag text not null default '',
    body text not null default '',
    primary key (owner, key)
);
create index api_once_at on api_once (at);

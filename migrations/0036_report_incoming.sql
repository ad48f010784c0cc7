-- Letters that came in as edXML (QCVN 102:2016/BTTTT): what the head says; their files are kept as files of the letter.
create table report_incoming (
    id text primary key,
    agency text not null references unit (id),
    document text not null,                -- the sender's own name of it; empty where none was given
    from_id text not null,
    from_name text not null,
    number text not null,
    notation text not null,
    day text,
    kind text not null,
    subject text not null,
    signer text not null,
    business bigint not null,              -- 0 new, 1 withdrawn, 2 updated, 3 replaced
    digest text not null,                  -- of the whole document: the same one is taken in once
    received bigint not null,
    received_by text references account (id)
);
create unique index report_incoming_once on report_incoming (agency, digest);
create index report_incoming_of on report_incoming (agency, received);

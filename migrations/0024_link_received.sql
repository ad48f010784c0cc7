-- What came in from a system outside, by what it calls it: the same subject is received once, however often it is pushed.
create table link_received (
    system text not null,                  -- 'dvcqg'
    remote text not null,                  -- the outside's id: IdHoSo
    subject text not null,                 -- 'dossier:<id>'
    at bigint not null,
    primary key (system, remote)
);

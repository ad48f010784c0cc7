-- The lines of one dossier lie together: a line is written into one place instead of two.
-- only sqlite
create table dossier_event_by_dossier (
    dossier text not null references dossier (id),
    seq bigint not null,
    at bigint not null,
    what text not null,
    who text not null default '',
    unit text references unit (id),
    note text not null default '',
    public bigint not null default 0,
    primary key (dossier, seq)
) without rowid;
insert into dossier_event_by_dossier select dossier, seq, at, what, who, unit, note, public from dossier_event order by dossier, seq;
drop table dossier_event;
alter table dossier_event_by_dossier rename to dossier_event;
-- end

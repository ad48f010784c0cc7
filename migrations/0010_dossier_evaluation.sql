-- The points of a dossier in the evaluation of how procedures are handled (NĐ 61/2018/NĐ-CP Art. 31), given when it is closed:
-- its whole time, the time of its steps, and how often supplements were asked for; each 0, 1 or 2.
create table dossier_mark (
    dossier text primary key references dossier (id),
    cell bigint not null references dossier_cell (id),
    closed bigint not null,
    whole bigint not null,
    steps bigint not null,
    asked bigint not null
);
create index dossier_mark_closed on dossier_mark (closed, cell, whole, steps, asked);

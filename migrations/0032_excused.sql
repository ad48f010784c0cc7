-- A component of QĐ 766/QĐ-TTg that does not apply to an agency in a period, with why; it holds until it is withdrawn.
create table quality_excuse (
    id text primary key,
    unit text not null references unit (id),
    valid_from text not null,              -- the period, half-open
    valid_to text not null,
    criterion text not null,               -- '5.6'
    reason text not null,
    at bigint not null,
    account text references account (id),
    author text not null,
    withdrawn bigint
);
create unique index quality_excuse_of on quality_excuse (unit, valid_from, valid_to, criterion) where withdrawn is null;

-- What is asked of the results and the fees of many dossiers stands in their indexes: their rows are not read for it.
drop index dossier_result_of;
create index dossier_result_of on dossier_result (dossier, signed, issued, id);
drop index dossier_fee_of;
create index dossier_fee_of on dossier_fee (dossier, state, way);

-- Fewer pages are written for a step of a dossier.
-- Whose hands an office's dossier is in stands behind its place in the box: who gives it out changes one page. What has ended is nowhere.
drop index dossier_by_office;
create index dossier_by_office on dossier (office, state, due, id, step_due, holder) where office is not null;
-- Whatever a box is narrowed by stands in its index: a row is read once it is shown.
drop index dossier_by_agency;
create index dossier_by_agency on dossier (agency, state, due, id, step_due, field, procedure, received, office, holder);
-- What was told about a record is what went out: notices in a person's page are found by the person.
drop index notice_by_about;
create index notice_by_about on notice (about_kind, about) where way <> 'page';
-- only sqlite
-- The steps of one dossier lie together, and are found where they lie.
create table dossier_step_by_dossier (
    id text not null,
    dossier text not null references dossier (id),
    code text not null,
    name text not null,
    role text not null,
    office text references unit (id),
    holder text references account (id),
    begun bigint not null,
    due bigint,
    minutes bigint not null,
    done bigint,
    done_by text references account (id),
    done_name text not null default '',
    onward text not null default '',
    note text not null default '',
    back bigint not null default 0,
    agency text references unit (id),
    primary key (dossier, id)
) without rowid;
insert into dossier_step_by_dossier select id, dossier, code, name, role, office, holder, begun, due, minutes, done, done_by, done_name,
    onward, note, back, agency from dossier_step order by dossier, id;
drop table dossier_step;
alter table dossier_step_by_dossier rename to dossier_step;
create index dossier_step_of_agency on dossier_step (agency, due) where agency is not null and done is null;
create index dossier_step_helped on dossier_step (agency, begun) where agency is not null;
-- A line of the journal lies in the place of its number.
create table journal_by_number (
    seq integer primary key,
    at bigint not null,
    account text,
    who text not null,
    unit text,
    what text not null,
    about_kind text not null,
    about text not null,
    before text,
    after text,
    hash text not null
);
insert into journal_by_number select seq, at, account, who, unit, what, about_kind, about, before, after, hash from journal order by seq;
drop table journal;
alter table journal_by_number rename to journal;
create index journal_by_about on journal (about_kind, about, seq);
create index journal_by_account on journal (account, seq);
create trigger journal_keeps_update before update on journal begin select raise(abort, 'journal: a line never changes'); end;
create trigger journal_keeps_delete before delete on journal begin select raise(abort, 'journal: a line is never removed'); end;
-- end

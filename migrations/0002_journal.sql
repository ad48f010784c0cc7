-- Who did what, when. Nothing here is ever changed or removed.

-- One deed. `hash` is over the line and the hash before it, so that a changed or missing line shows.
create table journal (
    seq bigint primary key,
    at bigint not null,
    account text,                          -- none: the program itself
    who text not null,
    unit text,
    what text not null,                    -- 'index.answered'
    about_kind text not null,
    about text not null,
    before text,                           -- JSON
    after text,                            -- JSON
    hash text not null
);
create index journal_by_about on journal (about_kind, about, seq);
create index journal_by_account on journal (account, seq);

-- The last line. Updating it first makes writers of the chain queue on one row.
create table journal_head (
    one bigint primary key check (one = 1),
    seq bigint not null,
    hash text not null
);
insert into journal_head (one, seq, hash) values (1, 0, '');

-- only sqlite
create trigger journal_keeps_update before update on journal begin select raise(abort, 'journal: a line never changes'); end;
create trigger journal_keeps_delete before delete on journal begin select raise(abort, 'journal: a line is never removed'); end;
-- end
-- only postgres
create function journal_keeps() returns trigger language plpgsql as $$ begin raise exception 'journal: a line never changes'; end $$;
create trigger journal_keeps before update or delete on journal for each row execute function journal_keeps();
-- end

-- One row: an edition of a procedure as the lists of the catalogue filter it, written in the transaction that writes the
-- edition. The body of the edition stays what is true; this table is what is searched.
create table catalogue_entry (
    edition text primary key references edition (id) on delete cascade,
    code text not null,
    number bigint not null,
    name text not null,
    field text not null,
    folded text not null,               -- code, name and field without marks
    levels text not null,               -- JSON: the levels of online service with their days
    receives text not null,             -- JSON: keys or kinds of units
    resolves text not null,             -- JSON: the same
    processes text not null,            -- JSON: codes of the processes of its cases
    times text not null,                -- in words: "7 ngày làm việc"
    valid_from text not null,
    valid_to text,
    published bigint not null,
    sample bigint not null,
    abolished text not null default ''  -- the decision that abolished it
);
create index catalogue_entry_code on catalogue_entry (code);

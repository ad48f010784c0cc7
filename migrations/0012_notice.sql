-- What people are told. A notice holds code, state, day and link of a record, never a name (kit/notice).

-- One notice to one receiver: in the page, by e-mail, or by a text. What goes out waits here until it is sent.
create table notice (
    id text primary key,                   -- also the message's own id: the same over all tries
    template text not null,                -- 'dossier.received'
    way text not null,                     -- 'page', 'mail', 'text'
    account text references account (id),  -- whose page; none for what goes out
    address text not null,                 -- e-mail or ten digits; empty in the page
    subject text not null,
    body text not null,
    link text not null,
    about_kind text,
    about text,
    once text,                             -- a receiver is told once for this key
    at bigint not null,
    read bigint,                           -- in the page: when
    status text not null,                  -- 'kept' (in the page), 'waiting', 'sent', 'failed'
    tries bigint not null default 0,
    due bigint not null,                   -- the next try; while one sender has it, the end of its lease
    until bigint not null,                 -- older news is not sent any more
    problem text,                          -- in Vietnamese
    ended bigint                           -- when it was sent or given up
);
create index notice_by_account on notice (account, at) where way = 'page';
create index notice_unread on notice (account) where way = 'page' and read is null;
create index notice_due on notice (way, due) where status = 'waiting';
create index notice_failed on notice (ended) where status = 'failed';
create index notice_by_about on notice (about_kind, about);
create unique index notice_once on notice (once, way, coalesce(account, address)) where once is not null;

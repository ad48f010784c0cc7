-- Fees given back at the counter, and dossiers that came in one workbook.

-- A fee that is given back, whole or in part: asked for by a clerk, decided by the head, then paid out.
create table dossier_refund (
    id text primary key,
    dossier text not null references dossier (id),
    fee text not null references dossier_fee (id),
    amount decimal not null,               -- in whole đồng
    reason text not null,
    asked bigint not null,
    asked_by text references account (id),
    asked_name text not null,
    decided bigint,                        -- none: the head has not decided yet
    decided_by text references account (id),   -- none where no approval is asked for
    decided_name text not null default '',
    agreed bigint not null default 0,
    why_not text not null default '',
    paid bigint,                           -- the money was given back
    paid_by text references account (id),
    paid_name text not null default '',
    number text not null default ''        -- of its slip, in a row of its own
);
create index dossier_refund_of on dossier_refund (dossier);
create index dossier_refund_paid on dossier_refund (paid);
create index dossier_fee_paid on dossier_fee (paid);

-- A workbook that was taken in: who sent it, so that what became of its rows can be seen again. Secrets are not kept.
create table dossier_batch (
    id text primary key,
    account text not null references account (id),
    at bigint not null,
    procedure text not null,
    name text not null,                    -- of the file
    left_out text not null default ''      -- JSON: what was wrong with the rows that were left out
);
create index dossier_batch_of on dossier_batch (account, at);

-- A row of it: the dossier that it became, or why it did not.
create table dossier_batch_row (
    batch text not null references dossier_batch (id),
    row_no bigint not null,
    dossier text references dossier (id),
    why text not null default '',
    primary key (batch, row_no)
);

-- Một cửa: dossiers, their papers, steps, clock, fees, results.

-- A dossier of an administrative procedure. It stays on the editions of procedure and process that it was received under.
-- `state`: 'submitted' (online, not yet received), 'processing', 'waiting' (the clock stands), 'resolved' (the result waits to be returned),
-- 'returned', 'refused', 'withdrawn', 'stopped'. Personal data are in the columns owner_* and submitter_*: never in a link or a message.
create table dossier (
    id text primary key,
    code text not null unique,
    number bigint not null,                -- in the register of its counter and year
    procedure text not null,               -- the national code
    procedure_edition text not null references edition (id),
    process_edition text not null references edition (id),
    case_code text not null,
    name text not null,                    -- of the procedure, as it was
    field text not null,
    agency text not null references unit (id),     -- has authority to resolve
    counter text not null references unit (id),    -- where it was officially received
    channel text not null,                 -- 'counter', 'online', 'post'
    state text not null,
    owner_kind text not null,              -- 'person', 'organisation'
    owner text not null,
    owner_folded text not null,
    owner_id text not null default '',     -- identity number or tax code
    owner_born text not null default '',   -- as it was said: a day, or a year only
    phone text not null default '',
    email text not null default '',
    address text not null default '',
    submitter text not null default '',    -- who hands it in for the owner
    submitter_id text not null default '',
    summary text not null default '',      -- what it is about, in a line
    answers text,                          -- JSON: the electronic form
    return_by text not null,               -- 'counter', 'post', 'online'
    secret text not null,                  -- SHA-256 of what the receipt says beside the code
    submitted bigint,                      -- online: when it was handed in
    received bigint not null,
    received_by text references account (id),
    promised bigint not null,              -- the due moment as the first receipt said it
    due bigint,                            -- none while the clock stands
    paused bigint,                         -- since when it stands
    resolved bigint,
    ended bigint,                          -- returned, refused, withdrawn or stopped
    standing text not null,                -- JSON: where it stands in its process
    step text not null default '',         -- of the running steps, the one due first
    step_name text not null default '',
    step_role text not null default '',
    step_due bigint,
    office text references unit (id),      -- who has it
    holder text references account (id),
    asked bigint not null default 0,       -- how often supplements were asked for
    extended bigint not null default 0,
    sample bigint not null default 0,
    version bigint not null default 1
);
create index dossier_by_agency on dossier (agency, state, due, id);
create index dossier_by_holder on dossier (holder, state, due, id);
create index dossier_by_office on dossier (office, state, due, id);
create index dossier_by_counter on dossier (counter, received);
create index dossier_by_owner on dossier (owner_id);

-- A paper that was handed in, with what the office found. Its files are uses of the record ('dossier-paper', dossier/code).
create table dossier_paper (
    dossier text not null references dossier (id),
    code text not null,
    name text not null,
    copy text not null,                    -- 'original', 'copy', 'certified', 'electronic'
    number bigint not null,
    place bigint not null,
    verdict text,                          -- 'good', 'bad'; none: not yet looked at
    fault text not null default '',        -- why it is not good
    wanted text not null default '',       -- what the citizen must do
    primary key (dossier, code)
);

-- One step as it was done: by whom, from when to when, and by when it should have been.
create table dossier_step (
    id text primary key,
    dossier text not null references dossier (id),
    code text not null,
    name text not null,
    role text not null,
    office text references unit (id),
    holder text references account (id),
    begun bigint not null,
    due bigint,                            -- none while the clock stands
    minutes bigint not null,               -- working time allotted
    done bigint,
    done_by text references account (id),
    done_name text not null default '',
    onward text not null default '',       -- where it went
    note text not null default '',
    back bigint not null default 0         -- sent back instead of done
);
create index dossier_step_of on dossier_step (dossier, begun);

-- The ledger of the clock, in its order: 'pause', 'resume', 'extend', 'correct'.
create table dossier_clock (
    dossier text not null references dossier (id),
    seq bigint not null,
    at bigint not null,
    act text not null,
    reason text not null default '',       -- of a pause: 'supplement', 'financial-duty', 'agency-answer'
    minutes bigint,                        -- of an extension
    received bigint,                       -- of a correction
    account text references account (id),
    primary key (dossier, seq)
);

-- What happened, for people to read: newest first for the office, oldest first for the citizen (`public` lines only).
create table dossier_event (
    dossier text not null references dossier (id),
    seq bigint not null,
    at bigint not null,
    what text not null,
    who text not null default '',
    unit text references unit (id),
    note text not null default '',
    public bigint not null default 0,
    primary key (dossier, seq)
);

-- A request to supplement: one complete list; a second needs the head's approval.
create table dossier_ask (
    id text primary key,
    dossier text not null references dossier (id),
    at bigint not null,
    account text references account (id),
    reason text not null,
    items text not null,                   -- JSON: [{code, name, fault, wanted}]
    until text,                            -- the last day to answer
    approved_by text references account (id),
    answered bigint,
    answer text not null default ''
);
create index dossier_ask_of on dossier_ask (dossier, at);

-- A fee of a dossier, in whole đồng. `state`: 'due', 'paid', 'waived', 'refunded'.
create table dossier_fee (
    id text primary key,
    dossier text not null references dossier (id),
    name text not null,
    amount decimal not null,
    collect text not null,                 -- 'at-intake', 'at-return'
    state text not null,
    receipt text not null default '',
    paid bigint,
    paid_by text references account (id),
    way text not null default ''           -- 'cash', 'online'
);
create index dossier_fee_of on dossier_fee (dossier);

-- The last number given in a row of numbers: of an agency's codes of a day, of a counter's register of a year, of receipts.
create table dossier_number (
    row_name text primary key,
    last bigint not null
);

-- What was decided: the result's number in its register, and who signed it. Its file is a use of the record ('dossier-result', id).
create table dossier_result (
    id text primary key,
    dossier text not null references dossier (id),
    name text not null,
    number text not null default '',
    on_day text,
    drafted bigint not null,
    drafted_by text references account (id),
    signed bigint,
    signed_by text references account (id),
    signer text not null default '',
    issued bigint
);
create index dossier_result_of on dossier_result (dossier);

-- An apology with a new date (once; at the latest one working day before it is due, else recorded as late).
create table dossier_apology (
    id text primary key,
    dossier text not null references dossier (id),
    at bigint not null,
    account text references account (id),
    reason text not null,
    due_before bigint not null,
    due_after bigint not null,
    late bigint not null default 0
);
create index dossier_apology_of on dossier_apology (dossier);

-- What a citizen said of a dossier after its return: points 1 to 5 by question, as JSON.
create table dossier_rating (
    dossier text primary key references dossier (id),
    at bigint not null,
    answers text not null,
    comment text not null default ''
);

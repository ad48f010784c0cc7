-- Messages to systems outside, and payments through a gateway. What stands here is how far a message or a payment came, never how far the
-- business is: that is told by the room that put the message or asked for the money.

-- The line of one subject at one system: its messages go one after the other, through one sender at a time.
create table link_line (
    system text not null,                  -- 'dvcqg', 'payment'
    subject text not null,                 -- what the messages are about: 'dossier:<id>'
    last bigint not null,                  -- the place of the message put last
    leased_until bigint,                   -- a sender has the line until then
    remote text,                           -- what the outside calls the subject, once it has said so
    primary key (system, subject)
);

-- One message to a system outside. The same key is the same message: put twice, it is there once.
create table link_message (
    id text primary key,
    system text not null,
    subject text not null,
    place bigint not null,                 -- in the line of the subject
    kind text not null,                    -- 'dossier', 'progress', 'refund'
    key text not null,
    body text not null,                    -- JSON, in our own words: each generation of a system makes its own of it
    state text not null,                   -- 'waiting', 'sent', 'refused', 'given-up'
    tries bigint not null default 0,       -- since it was put, or sent again by a person
    due bigint not null,
    problem text,                          -- in Vietnamese: why it is not sent
    put bigint not null,
    ended bigint,
    passed bigint,                         -- when somebody decided that the line goes on without it
    unique (system, key),
    unique (system, subject, place),
    foreign key (system, subject) references link_line (system, subject)
);
create index link_message_due on link_message (system, state, due);

-- One try to send a message. A try without an end was cut off: nobody knows whether the outside has taken it.
create table link_attempt (
    message text not null references link_message (id),
    number bigint not null,
    begun bigint not null,
    ended bigint,
    verdict text,                          -- 'sent', 'again', 'away', 'refused', 'cut'
    status bigint,                         -- of HTTP, where an answer came
    say text,                              -- in Vietnamese
    answer text,                           -- the beginning of what was answered
    primary key (message, number)
);

-- One asking for money, or a receipt nobody asked for: money that came a second time on the same asking.
create table payment (
    id text primary key,
    code text not null unique,             -- the gateway knows the asking by it; of a receipt nobody asked for: code/reference
    subject text not null,                 -- 'dossier:<id>'
    fee text not null,                     -- what is paid: askings of one fee stand for each other
    amount decimal not null,               -- in đồng
    content text not null,
    payer text not null,
    state text not null,                   -- 'pending', 'paid', 'failed', 'mismatch', 'refunded'
    extra bigint not null default 0,       -- paid, but the fee was already: to be given back
    said decimal,                          -- what the gateway says came in, in đồng
    reference text unique,                 -- the gateway's own number of the receipt
    address text,                          -- where the payer goes to pay
    problem text,                          -- in Vietnamese
    begun bigint not null,
    settled bigint,
    ask_at bigint,                         -- when the gateway is asked next; nothing more to ask: null
    asked bigint not null default 0,
    refund_reason text,
    refund_asked bigint,
    refunded bigint
);
-- However many call-backs come at once: one payment of a fee counts.
create unique index payment_counts_once on payment (fee) where state = 'paid' and extra = 0;
create index payment_by_fee on payment (fee);
create index payment_by_subject on payment (subject);
create index payment_to_ask on payment (ask_at) where ask_at is not null;

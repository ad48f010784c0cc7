-- Nobody asks for the lines of one account; every line of the journal wrote a page of this for nothing.
drop index journal_by_account;

//! Why a rule says no.

use super::State;

/// Why a rule says no. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    NoProcedure,
    /// The procedure is not received or not resolved here.
    NotHere,
    NoCase,
    NoProcess {
        code: String,
    },
    OwnerMissing,
    NumberOdd,
    PhoneOdd,
    EmailOdd,
    BornOdd,
    TariffMissing,
    PaperMissing {
        code: String,
        name: String,
    },
    PapersUnknown {
        code: String,
    },
    ReceivedLater,
    ReceivedLongAgo {
        days: i64,
    },
    WhyBackdated,
    Ended {
        state: State,
    },
    Paused,
    NotPaused,
    NotYourStep {
        step: String,
    },
    AskEmpty,
    AskReason,
    AskAgain,
    AskWanted {
        code: String,
        name: String,
    },
    AskUntil,
    AwaitedWhom,
    AwaitedSaid,
    AwaitedUntil,
    /// The process lets the clock stand for no such thing at this step.
    NoPause {
        why: workflow::Wait,
    },
    AnswerEmpty,
    AnswerThere,
    RefuseReason,
    ExtendReason,
    ExtendAgain,
    ExtendEarlier,
    WithdrawAfterResult,
    WithdrawReason,
    NoResult,
    ResultUnsigned,
    FeeUnpaid {
        name: String,
    },
    FeePaid,
    RefundOnline,
    RefundUnpaid,
    RefundTwice {
        name: String,
    },
    RefundAmount,
    RefundTooMuch {
        left: base::Decimal,
    },
    RefundWhy,
    RefundWhyNot,
    RefundDecided {
        how: &'static str,
    },
    RefundUnapproved {
        how: &'static str,
    },
    RefundPaidOut {
        number: String,
    },
    NotResolved,
    NothingToUndo,
    /// The dossier is on the edition of its process that is in force.
    ProcessIsNewest,
    /// Several ways lead on: one has to be chosen at the dossier itself.
    ManyWays {
        step: String,
    },
    NobodyChosen,
    TickSome {
        most: usize,
    },
    NotUndone,
    AssigneeElsewhere,
    NotOnline,
    ChoosePlace,
    ReturnByMissing,
    FormUnfinished,
    DeclaredByOwner,
    NotAmendable,
    WrongNumber,
    PhoneMissing,
    NotSworn,
    DraftGone,
    WrongSecret,
    TooManyGuesses,
    NotAwaiting,
    AlreadyRated,
    /// No person with an identity number.
    AccountNumber,
    PaperNotSeen,
    AccountLinkSpent,
    NumberMissing,
    NotTheirNumber,
    PasswordHasNumber,
    PasswordsDiffer,
    NumberOrPassword,
    RatingOdd,
    PartOverWhole,
    ExcuseReason,
    ExcusedAlready,
    NotExcused,
    /// The deed that a paper tells of was not done.
    NothingToPrint {
        what: &'static str,
    },
    /// The circular of that day has no such form.
    NoForm {
        circular: String,
    },
    RegisterDays {
        most: i64,
    },
    RegisterLong {
        most: i64,
    },
}

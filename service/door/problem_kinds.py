"""Every kind of error the service answers with; each has a page that says what it means and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemKind:
    """One kind of error.

    Parameters
    ----------
    slug : stable name; the last part of its address
    status : HTTP status
    title : what happened, in a few words
    meaning : when it is answered
    remedy : what the caller does about it
    """

    slug: str
    status: int
    title: str
    meaning: str
    remedy: str


INVALID_INPUT = ProblemKind(
    "invalid-input",
    422,
    "The input cannot be used",
    "The body, a parameter or the objects named contradict the format or themselves. `issues` lists every mistake "
    "with its place (a JSON pointer), its cause and a remedy. Nothing was stored.",
    "Correct everything that `issues` names and send the request again.",
)
NOT_JSON = ProblemKind(
    "unreadable-body",
    400,
    "The body cannot be read",
    "The body is not of the kind that its Content-Type says, or is not text in UTF-8.",
    "Send JSON, or what the operation's description names, with the right Content-Type.",
)
UNAUTHENTICATED = ProblemKind(
    "unauthenticated",
    401,
    "Nobody is signed in",
    "The request carries no API key and no session, or one that has expired or was withdrawn.",
    "Send `Authorization: Bearer KEY`, or sign in again. `paigong keys` makes keys.",
)
FORBIDDEN = ProblemKind(
    "forbidden",
    403,
    "This role may not do that",
    "The caller is known, but their role does not have the right that the operation asks for.",
    "Ask somebody whose role has it; each operation's description names the right.",
)
WRONG_ORIGIN = ProblemKind(
    "wrong-origin",
    403,
    "The request comes from another site",
    "A browser sent the request from a page of another origin, or to a host name that this service does not have.",
    "Open the service's own pages, or let the operator add the name to PAIGONG_ALLOWED_HOSTS. A program that sends a "
    "session's cookie sends `Origin` as well.",
)
NOT_FOUND = ProblemKind(
    "not-found",
    404,
    "There is no such thing",
    "The address names nothing, or something outside the caller's branches.",
    "Check the id, and that the key is for the branch.",
)
METHOD_NOT_ALLOWED = ProblemKind(
    "method-not-allowed",
    405,
    "The address does not take this method",
    "The address exists, but not for this method; the header Allow names those it takes.",
    "Look the operation up in the documentation.",
)
TOO_SLOW = ProblemKind(
    "request-too-slow",
    408,
    "The request did not arrive in time",
    "The body was not sent within the time that PAIGONG_BODY_S gives.",
    "Send it again, in one go.",
)
CONFLICT = ProblemKind(
    "conflict",
    409,
    "That does not go with how things stand",
    "The object is in a state in which this cannot be done; `detail` says which.",
    "Read the object again and decide anew.",
)
STALE_PLAN = ProblemKind(
    "stale-plan",
    409,
    "The plan was made from an older revision",
    "The scenario has changed since the plan was made; `changes` lists what is different now.",
    "Plan the newest revision and publish that plan.",
)
STALE_PROPOSALS = ProblemKind(
    "stale-proposals",
    409,
    "Something has happened since",
    "The proposals were made before something happened, or before another plan was published; `changes` lists what "
    "has happened since.",
    "Have the rest of the day planned again and publish one of those proposals.",
)
OFFER_GONE = ProblemKind(
    "offer-gone",
    409,
    "The window is not free any more",
    "Somebody else has taken the time, the plan has changed, or the offers or the hold have ended; `detail` says "
    "which. Nothing was held or confirmed.",
    "Ask for offers again (`POST /boards/{board_id}/offers`) and let the customer choose another window.",
)
CHANGED_MEANWHILE = ProblemKind(
    "changed-meanwhile",
    412,
    "Somebody else was quicker",
    "The object is no longer in the version that If-Match names; nothing was changed.",
    "Read it again, decide anew, and send its new ETag in If-Match.",
)
TOO_LARGE = ProblemKind(
    "too-large",
    413,
    "The request is too large",
    "The body is larger than PAIGONG_BODY_MB allows.",
    "Send less, or let the operator raise the limit.",
)
UNSUPPORTED_MEDIA = ProblemKind(
    "unsupported-media-type",
    415,
    "This kind of body is not taken",
    "The Content-Type is none that the operation reads.",
    "Use one that the operation's description names.",
)
KEY_REUSED = ProblemKind(
    "idempotency-key-reused",
    422,
    "The Idempotency-Key belongs to another request",
    "The same key was sent before with another address or body.",
    "Use a new key for each new request; repeat a key only with the very same request.",
)
PRECONDITION_REQUIRED = ProblemKind(
    "precondition-required",
    428,
    "Say which version you mean",
    "A change of this object must name the version it was decided on.",
    "Read the object and send its ETag in If-Match.",
)
TOO_MANY = ProblemKind(
    "too-many-requests",
    429,
    "Too much at once",
    "The queue is full, this key has sent too many requests in a minute, or too many wrong keys came from one "
    "address.",
    "Wait as long as Retry-After says, then send it again.",
)
UNSUPPORTED = ProblemKind(
    "unsupported-feature",
    422,
    "The engine does not handle this",
    "The scenario uses something that the engine asked for cannot do; `detail` names it.",
    "Use the engine `lns`.",
)
NO_TRAVEL = ProblemKind(
    "travel-unavailable",
    422,
    "A way has no travel time",
    "The scenario's travel data or the road server knows no way between two of its places.",
    "Complete the matrix, or let the scenario use straight lines.",
)
INTERNAL = ProblemKind(
    "internal",
    500,
    "Something went wrong here",
    "A mistake in the program, or a plan that did not pass the independent checker and was withheld.",
    "Tell the operator the trace id; the log has the rest.",
)
BUSY = ProblemKind(
    "busy",
    503,
    "The service is busy",
    "The store or the workers did not answer in time, or the service is shutting down. Nothing was changed.",
    "Wait as long as Retry-After says, then send it again.",
)

TOO_LONG = ProblemKind(
    "took-too-long",
    504,
    "The answer took too long",
    "What was asked for could not be computed within the time that PAIGONG_ANSWER_S gives. Nothing was changed.",
    "Ask for less, or let the operator raise the limit; the same request again will take as long.",
)

PROBLEM_KINDS = (
    INVALID_INPUT,
    NOT_JSON,
    UNAUTHENTICATED,
    FORBIDDEN,
    WRONG_ORIGIN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TOO_SLOW,
    CONFLICT,
    STALE_PLAN,
    STALE_PROPOSALS,
    OFFER_GONE,
    CHANGED_MEANWHILE,
    TOO_LARGE,
    UNSUPPORTED_MEDIA,
    KEY_REUSED,
    PRECONDITION_REQUIRED,
    TOO_MANY,
    UNSUPPORTED,
    NO_TRAVEL,
    INTERNAL,
    BUSY,
    TOO_LONG,
)
"""Every kind of error, the table of contents of ``GET /problems``."""

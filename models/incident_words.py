"""Words of common causes: what cases share, how a proposed incident stands, and how a party can be reached."""

from models.vocabulary import Word


class TraceKind(Word):
    """What two cases may share: a trace of an employer or a recruiter."""

    EMPLOYER = "EMPLOYER", "นายจ้างเดียวกัน", "The same employer, by its name and province."
    RECRUITER = "RECRUITER", "ผู้จัดหางานเดียวกัน", "The same recruiter, by its name and province."
    PHONE = "PHONE", "โทรศัพท์เดียวกัน", "The same phone number of an employer or a recruiter."
    BANK_ACCOUNT = "BANK_ACCOUNT", "บัญชีธนาคารเดียวกัน", "The same bank account of an employer or a recruiter."


class IncidentState(Word):
    """How an incident stands; another case that joins proposes it again."""

    PROPOSED = "PROPOSED", "รอพิจารณา", "Cases share something; nobody has decided yet."
    REFERRED = "REFERRED", "ส่งต่อพร้อมกันแล้ว", "Its cases were referred together."
    DISMISSED = "DISMISSED", "ไม่ใช่เหตุร่วม", "The coordinator found no common cause."


class IncidentDismissal(Word):
    """Why an incident is no common cause."""

    DIFFERENT_PARTIES = "DIFFERENT_PARTIES", "คนละราย ชื่อหรือเลขซ้ำกัน", "Two different parties look the same."
    UNRELATED = "UNRELATED", "เรื่องไม่เกี่ยวข้องกัน", "The same party, but the matters have nothing in common."
    DEALT_WITH = "DEALT_WITH", "ดำเนินการแล้วทางอื่น", "It is dealt with in another way."


class PartyContactKind(Word):
    """Ways to reach another party, or to pay it."""

    PHONE = "PHONE", "โทรศัพท์", "A phone number in E.164."
    ADDRESS = "ADDRESS", "ที่อยู่", "An address as it was told."
    BANK_ACCOUNT = "BANK_ACCOUNT", "บัญชีธนาคาร", "Number of a bank account, its digits alone."

"""The words of posts: why one is handed over, what lies with it, and why somebody is suggested."""

from models.vocabulary import Word


class HandoverReason(Word):
    """Why a post passes to somebody else."""

    RESIGNED = "RESIGNED", "ลาออก", "The person gave the post up."
    TERM_ENDED = "TERM_ENDED", "ครบวาระ", "The person's term is over."
    MOVED = "MOVED", "ย้าย", "The person moved to another place or post."
    DIED = "DIED", "เสียชีวิต", "The person died."
    REPLACED = "REPLACED", "เปลี่ยนตัว", "Somebody else was chosen."
    FILLED = "FILLED", "บรรจุตำแหน่งว่าง", "The post was empty and is filled."


class HandoverItemKind(Word):
    """What lies with a post when it is handed over."""

    CASE = "CASE", "เรื่อง", "A case that has not ended and that the post holds, accompanies or takes part in."
    PROPOSAL = "PROPOSAL", "การมอบหมายที่รอตอบ", "An assignment that nobody has answered, to the post or of its cases."
    REFERRAL = "REFERRAL", "การส่งต่อที่รอผล", "A referral of its cases, or sent by it, whose answer or result is awaited."
    QUESTION = "QUESTION", "คำถามที่รอตอบ", "The office of such a referral asked something and waits for the answer."
    PROMISE = "PROMISE", "วันที่นัดติดตาม", "A case that it holds waits: the day on which it looks again."
    DEADLINE = "DEADLINE", "กำหนดเวลา", "A clock of such a case or referral that has not ended."
    TASK = "TASK", "งานที่ต้องทำ", "Something that the post was to do in a case."
    FOLLOW = "FOLLOW", "เรื่องที่ติดตาม", "A case that has not ended and that the post follows; told to the post alone."


class SuggestionReason(Word):
    """What speaks for or against giving a case to a volunteer."""

    AREA_SAME = "AREA_SAME", "ตำบลเดียวกัน", "It is the volunteer's own tambon."
    AREA_NEAR = "AREA_NEAR", "พื้นที่ใกล้เคียง", "`value` steps up the tree of areas: 1 the same amphoe, 2 the same province."
    LOAD_LOW = "LOAD_LOW", "ภาระงานน้อย", "Takes part in `value` open cases, fewer than most."
    LOAD_HIGH = "LOAD_HIGH", "ภาระงานมาก", "Takes part in `value` open cases, more than most."
    LANGUAGE = "LANGUAGE", "พูดภาษาของผู้ร้อง", "Speaks the citizen's language."
    TRUSTED = "TRUSTED", "ดูแลเรื่องอ่อนไหวได้", "The case is sensitive and the post handles such cases."
    ABSENT = "ABSENT", "ไม่อยู่ มีผู้ดูแลแทน", "Is away now; somebody covers the post."
    DECLINED = "DECLINED", "เคยไม่รับเรื่องนี้", "Declined this case before."

"""What stands against a change of a post or of who fills it."""

SENTENCES = {
    "SEAT_FILLED": (
        "ตำแหน่งนี้มีผู้ดำรงตำแหน่งในช่วงเวลานั้น กรุณาให้พ้นตำแหน่งก่อน",
        "Somebody fills this post in that time; end that incumbency first.",
    ),
    "SEAT_PLACE_WRONG": (
        "ที่ตั้งไม่ถูกต้อง อาสาสมัครระบุตำบล พี่เลี้ยงระบุอำเภอ เจ้าหน้าที่ระบุสำนักงาน ผู้ประสานงานระบุสำนักงานแรงงาน",
        "Name a tambon for a volunteer, an amphoe for a mentor, an office for staff, and OPS's for a coordinator.",
    ),
    "MENTOR_SEAT_EXISTS": (
        "อำเภอนี้มีตำแหน่งพี่เลี้ยงอยู่แล้ว กรุณาแต่งตั้งในตำแหน่งนั้น",
        "This amphoe has a mentor's post already; appoint to that one.",
    ),
    "ADMINISTRATOR_EXISTS": (
        "มีผู้ดูแลระบบอยู่แล้ว หากต้องการเพิ่มอีกคนให้ระบุ --another",
        "There is an administrator already; say --another to appoint one more.",
    ),
    "PERSON_KNOWN": (
        "บุคคลนี้มีบัญชีอยู่แล้ว กรุณาระบุด้วย account",
        "There is an account with this subject already; name it by `account`.",
    ),
    "NOBODY_HANDS_OVER": (
        "ตำแหน่งนี้ว่างอยู่ กรุณาระบุผู้รับมอบ",
        "Nobody fills this post, so there is nothing to end: name the person who takes it over.",
    ),
    "HANDOVER_TO_ONESELF": (
        "บุคคลนี้ดำรงตำแหน่งนี้อยู่แล้ว กรุณาระบุผู้อื่น",
        "This person fills the post already; name somebody else.",
    ),
    "INCUMBENCY_OVER": (
        "การดำรงตำแหน่งนี้สิ้นสุดแล้ว",
        "This incumbency is over already.",
    ),
    "COVER_OUT_OF_PLACE": (
        "ผู้ดูแลแทนต้องเป็นอาสาสมัครอื่นในอำเภอเดียวกันหรือพี่เลี้ยงของอำเภอ ตำแหน่งอื่นให้ผู้ประสานงานแต่งตั้ง",
        "A volunteer is covered by another of the amphoe or its mentor; for all else ask for a cover to be appointed.",
    ),
    "COVER_IS_ONESELF": (
        "ผู้ดูแลแทนต้องเป็นบุคคลอื่น",
        "Nobody covers their own absence: choose another post.",
    ),
    "COVER_IS_AWAY": (
        "ผู้ดูแลแทนไม่อยู่ในช่วงเวลานั้น กรุณาเลือกผู้อื่น",
        "That person is away in this time too; choose another.",
    ),
    "COVERS_MEANWHILE": (
        "ท่านดูแลแทนตำแหน่งอื่นในช่วงเวลานั้น กรุณาให้ตำแหน่งนั้นหาผู้อื่นก่อน",
        "The one who is away covers another post then; let that post find somebody else first.",
    ),
    "ABSENCE_OVERLAPS": (
        "มีการแจ้งไม่อยู่ในช่วงเวลานั้นแล้ว กรุณายกเลิกก่อน",
        "An absence is planned in this time already; cancel that one first.",
    ),
    "SEAT_NOT_FILLED_THROUGHOUT": (
        "ตำแหน่งนี้ไม่มีผู้ดำรงตำแหน่งตลอดช่วงเวลานั้น กรุณาเลือกผู้อื่นหรือช่วงเวลาอื่น",
        "Nobody is appointed to this post for all of that time; choose another post or time.",
    ),
}

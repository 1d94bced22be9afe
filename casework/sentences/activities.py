"""What stands against activities, invitations and attendance."""

SENTENCES = {
    "COUNT_OUT_OF_RANGE": (
        "ระบุจำนวนตั้งแต่ 0 ถึง {limit}",
        "Give a number from 0 to {limit}.",
    ),
    "FISCAL_YEAR_WRONG": (
        "ปีงบประมาณเป็นพุทธศักราช และต้องเป็นปี {earliest} หรือ {latest} ตามวันที่จัด",
        "Give the fiscal year in the Buddhist Era, by the day of the activity: {earliest} or {latest}.",
    ),
    "AREA_OUTSIDE_HOST": (
        "พื้นที่นี้อยู่นอกจังหวัดของหน่วยงานผู้จัด กรุณาเลือกพื้นที่ในจังหวัด",
        "This area lies outside the province of the host office; name one inside it.",
    ),
    "NOT_A_CAMPAIGN": (
        "กิจกรรมนี้ไม่ใช่การรณรงค์ กรุณาเว้นว่างไว้ หรือเลือกกิจกรรมประเภทรณรงค์",
        "This is for campaigns alone; leave it out, or name an activity of the kind CAMPAIGN.",
    ),
    "NOT_INVITED": (
        "ไม่มีชื่อนี้ในรายชื่อผู้ได้รับเชิญที่ท่านบันทึกได้ กรุณาให้ผู้จัดเชิญก่อน",
        "This one is not among the invited whose attendance you may record; let the host office invite them first.",
    ),
    "ATTENDANCE_CONTRADICTS": (
        "ระบุคนเดียวกันทั้งเข้าร่วมและไม่เข้าร่วม กรุณาเลือกอย่างเดียว",
        "This one is named twice; say once whether they came.",
    ),
    "ROUND_TAKEN": (
        "โครงการนี้มีครั้งที่ {round} ในปีงบประมาณ {year} แล้ว กรุณาแก้ไขกิจกรรมนั้น หรือระบุครั้งอื่น",
        "The project has a round {round} in fiscal year {year} already; change that one, or give another number.",
    ),
    "ACTIVITY_OVER": (
        "กิจกรรมนี้ปิดหรือยกเลิกแล้ว",
        "This activity is closed or cancelled.",
    ),
    "ACTIVITY_NOT_BEGUN": (
        "กิจกรรมนี้ยังไม่เริ่ม กรุณาบันทึกตั้งแต่วันที่เริ่ม",
        "This activity has not begun; record it from its day on.",
    ),
    "NOT_A_GUEST": (
        "ผู้นี้ไม่ใช่บุคคลภายนอกของกิจกรรมที่ยังเก็บชื่อไว้ ชื่อของตำแหน่งแก้ไขที่ทำเนียบ",
        "This is no guest of the activity whose name is still kept; people in posts are corrected in the directory.",
    ),
    "ATTENDANCE_KNOWN": (
        "บันทึกแล้วว่าใครมาหรือไม่มา จึงถอนคำเชิญ เลื่อน หรือยกเลิกไม่ได้ หากบันทึกผิดให้บันทึกการเข้าร่วมใหม่",
        "It is recorded who came: this cannot be taken back, put off or cancelled. If it is wrong, record it anew.",
    ),
    "NOBODY_TO_INVITE": (
        "ไม่มีผู้ที่จะเชิญเพิ่ม ทุกตำแหน่งที่ระบุได้รับเชิญแล้ว หรือไม่มีตำแหน่งตามที่ระบุ",
        "Nobody is left to invite: all of these are invited already, or there are no such posts.",
    ),
    "PARTICIPANTS_TOO_MANY": (
        "กิจกรรมหนึ่งมีผู้เข้าร่วมได้ไม่เกิน {limit} คน",
        "An activity takes at most {limit} participants; make a second round of it.",
    ),
}

"""Words of activities: their kinds, how they stand, who takes part, and the channels of a campaign."""

from models.vocabulary import Word


class ActivityKind(Word):
    """What an office does with its network, and for the public."""

    TRAINING = "TRAINING", "อบรม", "Volunteers, mentors or staff learn something."
    CAMPAIGN = "CAMPAIGN", "รณรงค์ประชาสัมพันธ์", "The public is told of labour matters; cases may come from it."
    MEETING = "MEETING", "ประชุม", "People of the network meet."
    FIELD_DAY = "FIELD_DAY", "ออกหน่วยบริการ", "Services are brought to a place for a day."


class ActivityState(Word):
    """How an activity stands."""

    PLANNED = "PLANNED", "กำหนดจัด", "It is to come, or its outcome is not recorded yet."
    CLOSED = "CLOSED", "ปิดกิจกรรม", "Its outcome is recorded: nobody is invited any more."
    CANCELLED = "CANCELLED", "ยกเลิก", "It does not take place."


class ParticipantRole(Word):
    """As what somebody takes part in an activity: by the post held on its day, or from outside the network."""

    VOLUNTEER = "VOLUNTEER", "อาสาสมัครแรงงาน", "In the post of a volunteer."
    MENTOR = "MENTOR", "พี่เลี้ยงอาสาสมัครแรงงาน", "In the post of a mentor."
    STAFF = "STAFF", "เจ้าหน้าที่", "In a post of an office, or in a national one."
    GUEST = "GUEST", "บุคคลภายนอก", "Without a post in the network."


class PublicityChannel(Word):
    """Ways in which a campaign reaches people."""

    VILLAGE_LOUDSPEAKER = "VILLAGE_LOUDSPEAKER", "หอกระจายข่าว", "The loudspeakers of the villages."
    COMMUNITY_RADIO = "COMMUNITY_RADIO", "วิทยุชุมชน", "A local radio station."
    HOUSE_TO_HOUSE = "HOUSE_TO_HOUSE", "เคาะประตูบ้าน", "Volunteers go from house to house."
    VILLAGE_MEETING = "VILLAGE_MEETING", "เวทีประชาคมหมู่บ้าน", "A meeting of a village."
    MOBILE_UNIT = "MOBILE_UNIT", "หน่วยบริการเคลื่อนที่", "A stand or a vehicle of the offices."
    WORKPLACE = "WORKPLACE", "สถานประกอบกิจการ", "At firms and building sites."
    SCHOOL = "SCHOOL", "สถานศึกษา", "At schools and colleges."
    LEAFLET = "LEAFLET", "แผ่นพับและป้าย", "Leaflets, posters and banners."
    SOCIAL_MEDIA = "SOCIAL_MEDIA", "สื่อสังคมออนไลน์", "Groups and pages on the internet."
    PRESS = "PRESS", "หนังสือพิมพ์และโทรทัศน์", "Newspapers and television."

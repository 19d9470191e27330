# ruff: noqa: E501, ISC004 - running text, one paragraph a piece
"""Invented news: what the PDFs say. People, places and outlets are made up."""

STORY = (
    "A warehouse in the inner harbour of Port Sorrel burned down on Tuesday night, and the harbour office said that four "
    "people were still missing. The fire broke out shortly after ten, said a spokesman for the office, who did not give "
    "his name.",
    "Witnesses told the Sorrel Ledger that they had heard two explosions. “The first one shook our windows,” said Ilse "
    "Korvin, who lives across the basin. “The second one put out the street lamps.” The police declined to comment on "
    "the accounts of the neighbours.",
    "The shipping company Brannock & Daughters, which rents the building, denied that it had stored fuel there. Its "
    "managing director, Odo Brannock, said in a written statement that the hall had held nothing but coffee and paper. "
    "Dock workers contradicted him.",
    "According to a report by the fire inspectorate, which this newspaper has seen, drums of solvent had been kept in "
    "the northern wing since the spring. The inspectorate had twice demanded that they be removed; both letters, the "
    "report says, went unanswered.",
    "Minister Hanne Aldersey is to visit the harbour on Friday. Her office said that she would speak with the families "
    "first. The opposition accused the ministry of having cut the number of inspectors by half, an accusation that a "
    "deputy of the minister called dishonest.",
    "Two of the missing are thought to be night watchmen. A third, the trade union said, is a crane driver who had "
    "agreed to take over a colleague’s shift. Nothing is known of the fourth; the harbour office speaks of a person "
    "without papers.",
    "Divers of the coast guard searched the basin until Wednesday evening. They found a lifebuoy, a shoe and parts of a "
    "roof, but none of the missing. The search will go on at daybreak, provided that the wind abates.",
    "The insurer of the building said that it was too early to speak of the damage. Experts whom the Ledger asked put "
    "it at eleven to fourteen million crowns. That would be the costliest fire in the city since the grain exchange "
    "burned.",
    "In the Lower Town, people laid flowers before the closed gate. The parish of Saint Ewan opened its hall for those "
    "whose houses have no light. A collection brought in nine thousand crowns in one afternoon, its treasurer said.",
    "The public prosecutor has opened an inquiry against persons unknown. Her deputy, Tam Okerlund, asked everybody who "
    "filmed the fire to hand in the pictures. He did not rule out arson, but warned against hasty conclusions.",
    "A former manager of the company, who wants to remain anonymous, told the Ledger that drums had been moved by night "
    "for years. “Everybody knew, and nobody wrote it down,” he said. The company calls the man a disappointed "
    "job-seeker. He says that he has never been a job-seeker.",
    "Meteorologists expect rain from Thursday on. For the fire brigade that would be a relief, since some bales of paper "
    "still glow under the rubble. The quay remains closed to ships of more than two hundred tons.",
)
HEADLINE = "Four missing after fire in harbour warehouse"
SECOND = (
    "The council of Vell has put off its vote on the new bridge for the third time. Mayor Rona Tisdale said that the "
    "survey of the river bed had come too late for the members to read it.",
    "Opponents of the bridge saw it otherwise. “They count on our growing tired,” said Pell Marrow of the league for the "
    "old ferry. The league wants to hand in six thousand signatures next week.",
    "The survey, made by the engineers Quist and Partners, finds that the piers would have to stand nine metres deeper "
    "than planned. That would raise the price by a third. The treasurer said that he had expected as much.",
)
LONG_WORDS = (
    "Representatives of the intergovernmental commission acknowledged unprecedented administrative shortcomings. "
    "Investigators characterised the documentation as extraordinarily contradictory; particularly the responsibilities "
    "of subcontractors remained incomprehensible.",
    "Notwithstanding considerable international encouragement, negotiations concerning compensation deteriorated "
    "immediately. Correspondents described uncharacteristically confrontational conversations between representatives "
    "of neighbouring municipalities and the well-known harbour-master.",
    "Independent observers recommended comprehensive reorganisation of environmental supervision. Environmental "
    "organisations simultaneously demanded unconditional transparency throughout reconstruction.",
)
LIGATURES = (
    "The chief officer of the fire office filed five affidavits about the baffling traffic in fluids. Officials offered "
    "no fresh figures; a staffer scoffed at the flimsy findings.",
    "An effort to find the first of the offenders was finally called off. Offshore, the flotilla drifted in the fjord, "
    "and efficient staff shuffled files from office to office.",
)
RUSSIAN = (
    "В порту Солнечный во вторник вечером сгорел склад. Представитель портового управления сообщил, что четыре человека "
    "пропали без вести.",
    "Министр Ганна Олдерси заявила, что причины пожара пока неизвестны. Свидетели рассказали газете о двух взрывах.",
)
ARABIC = (
    "احترق مستودع في الميناء الداخلي مساء الثلاثاء. وقال متحدث باسم إدارة الميناء إن أربعة أشخاص ما زالوا مفقودين.",
    "ونفت الشركة أنها خزنت وقودا في المبنى. وقال شهود إنهم سمعوا انفجارين.",
)
CHINESE = (
    "星期二晚上，内港的一座仓库被烧毁。港口办公室说，仍有四人失踪。发言人没有说出自己的名字。",
    "目击者告诉报纸，他们听到了两次爆炸。警方拒绝对邻居的说法发表评论。公司否认在那里储存过燃料。",
)
FOOTNOTES = (
    "The harbour office gave the number as five at first and corrected it at midnight.",
    "Letters of 3 March and 9 June; copies are with the editors.",
)
TABLE = (
    ("Ship", "Flag", "Cargo", "Crew"),
    ("Merle", "Vell", "coffee", "14"),
    ("Halcyon Star", "Sorrel", "paper", "22"),
    ("Old Tern", "Ostmark Isles", "solvent", "9"),
    ("Brannock III", "Sorrel", "none", "17"),
)

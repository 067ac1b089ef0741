"""Invented names: common enough to be nobody's in particular, put together by a seed."""

GIRLS = """
Ada Aisha Alice Amelia Amina Anna Ava Beatrix Bethan Bonnie Catherine Charlotte Chloe Clara Daisy Darcie Edith
Eleanor Eliza Ella Ellie Elsie Emily Emma Erin Esme Evelyn Evie Faith Fatima Flora Florence Freya Georgia Grace
Gwen Hannah Harriet Heidi Holly Imogen Iris Isabel Isla Ivy Jasmine Jessica Julia Kamila Katherine Lacey Lara Layla
Leah Lily Lola Lottie Lucy Mabel Maisie Martha Matilda Maya Mia Mila Millie Molly Nadia Nancy Niamh Nina Olivia
Orla Penelope Phoebe Pippa Poppy Robyn Rosa Rose Rosie Ruby Sara Scarlett Seren Sienna Sofia Sophie Summer Tabitha
Thea Tilly Violet Willow Yasmin Zara Zofia Zuzanna
""".split()
BOYS = """
Adam Aidan Albert Alexander Alfie Archie Arlo Arthur Asher Benjamin Bobby Caleb Callum Casper Charlie Daniel David
Dexter Dylan Edward Elijah Elliot Ellis Ethan Ezra Felix Finley Frank Freddie Gabriel George Gethin Harley Harrison
Harry Harvey Henry Hugo Ibrahim Isaac Jack Jacob Jakub James Jan Jasper Jenson Joey Jonah Joseph Joshua Jude Kai
Leo Leon Lewis Liam Logan Louie Luca Lucas Luke Mason Matthew Max Michael Milo Mohammed Nathan Noah Ollie Oliver
Omar Oscar Otis Otto Owen Ralph Reuben Rhys Robin Roman Ronnie Rory Rowan Ryan Samuel Sebastian Seth Sonny Stanley
Teddy Theo Thomas Tobias Toby Tommy William Yusuf Zachary
""".split()
WOMEN = """
Abigail Alison Amanda Amy Andrea Angela Becky Bernadette Carly Carol Cheryl Claire Dawn Deborah Donna Elaine Ewa
Fiona Gail Gemma Gillian Hayley Heather Helen Jackie Jade Jane Jenny Joanne Julie Karen Kate Kelly Kerry Kirsty
Laura Leanne Linda Lisa Louise Lynn Magda Mandy Maria Mariana Marie Melanie Michelle Naomi Natalie Nicola Paula
Rachel Rebecca Sally Samantha Sandra Sarah Shabana Sharon Sian Simone Stacey Stephanie Susan Suzanne Tanya Teresa
Tina Tracy Vanessa Vicky Wendy Zoe
""".split()
MEN = """
Adrian Alan Andrew Andrzej Anthony Ashley Barry Ben Brian Carl Chris Colin Craig Darren Dean Dennis Derek Duncan
Gareth Gary Gavin Geoff Glyn Graham Grant Imran Ivan Jamie Jason Jeremy Jonathan Karl Keith Kenneth Kevin Kieran
Lee Marcus Mark Martin Matt Mihai Neil Nick Nigel Paul Peter Phil Ray Richard Robert Ross Russell Scott Sean Shane
Simon Stefan Stephen Steve Stuart Tariq Terry Tim Tony Trevor Wayne
""".split()
FAMILIES = """
Abbott Ahmed Allcott Ames Appleby Archer Ashdown Atkins Bagley Barnfield Barrow Beddoes Begum Bevan Birch Blackwood
Blakeway Bowen Bradnam Brook Bufton Byford Cadwallader Caldicott Capper Carless Chadwick Clee Cole Collard Cooke
Cound Craddock Croft Dance Dawes Deakin Dobbs Downing Duffield Dutton Eckley Edge Ellerton Evans Faulkes Fenwick
Fielding Frome Gale Garbett Gittins Glover Goode Gough Grady Griffiths Gwilliam Hadley Hammond Harcourt Haynes
Hobbs Hodnett Holloway Hopley Howells Hussain Ingram Ivory Jarrett Jenkins Jones Kaczmarek Keeble Kendrick Khan
Kowalski Kyte Lane Lark Ledwych Leighton Lello Lloyd Lugg Maddox Mann Mapp Marlow Meredith Mifflin Millichap Moir
Morgan Mortimer Nash Nicklin Norgrove Novak Oakley Onslow Owens Pardoe Parry Passey Patel Penny Perks Phillips Pitt
Popa Powis Preece Price Probert Pugh Quarrell Radley Rawlins Reece Rhodes Ridgway Roper Rowberry Rudd Sanders
Scriven Sheward Skyrme Smallwood Southall Stokes Styles Swift Symonds Tarrant Teague Thorne Tipton Tolley Trehearne
Tudor Underhill Vaughan Verity Wadley Walwyn Warrilow Watkins Weale Weaver Webley Whitefoot Wigmore Wilding Winney
Wood Woodhouse Yapp Yarnold Young Zielinska
""".split()
# Two spellings of one name, as two services write it.
ALSO_SPELT = {
    "Catherine": "Katherine", "Katherine": "Kathryn", "Isabel": "Isobel", "Sofia": "Sophia", "Zara": "Zahra",
    "Rhys": "Reece", "Jakub": "Jacob", "Mohammed": "Muhammad", "Matthew": "Mathew", "Lewis": "Louis",
    "Evie": "Evey", "Leah": "Lia", "Aidan": "Aiden", "Niamh": "Neve", "Seren": "Serren", "Callum": "Calum",
}  # fmt: skip
# What some are called by everybody but the law.
KNOWN_AS = {
    "Alexander": "Alex", "Benjamin": "Ben", "Catherine": "Cathy", "Charlotte": "Lottie", "Daniel": "Danny",
    "Edward": "Ted", "Eleanor": "Nell", "Florence": "Flo", "Gabriel": "Gabe", "Harrison": "Harry",
    "Isabel": "Izzy", "Jessica": "Jess", "Joseph": "Joe", "Joshua": "Josh", "Katherine": "Kit",
    "Matilda": "Tilda", "Matthew": "Matty", "Nathan": "Nate", "Oliver": "Olly", "Penelope": "Penny",
    "Samuel": "Sammy", "Sebastian": "Seb", "Thomas": "Tom", "William": "Will", "Zuzanna": "Zuzia",
}  # fmt: skip
STREETS = """
Alder Ash Badger Barn Beech Bell Birch Bridge Brook Castle Chapel Church Cider Copse Cross Elm Farm Ferry Field
Foundry Garden Glebe Gorse Green Hazel Heath Hill Holly Hop Kiln Lark Lime Maple Market Meadow Mill Oak Orchard
Park Pear Plough Pool Priory Quarry Rectory River Rookery Rowan School Station Tanyard Thistle Vale Well Willow Yew
""".split()
WAYS = ["Road", "Street", "Lane", "Close", "Drive", "Avenue", "Way", "Rise", "Court", "Crescent"]
# The outward code of each area's postcodes. The inward codes are made up and may not exist.
AREAS = {
    "Hereford": "HR1", "Leominster": "HR6", "Ross-on-Wye": "HR9", "Ledbury": "HR8", "Bromyard": "HR7",
    "Kington": "HR5", "Other towns and edges of town": "HR4", "Villages and open country": "HR2",
}  # fmt: skip
# Areas that are no town: the invented villages of each. Everywhere else the town is the area's own name.
VILLAGES = {
    "Other towns and edges of town": ["Wyebank", "Castle Fields", "New Barns", "Aldermoor", "Racecourse Side"],
    "Villages and open country": [
        "Ashcombe Wigley", "Bredley", "Brookhampton Cross", "Canonsford", "Clehollow", "Dinmarsh", "Eatonswell",
        "Fownleigh", "Goldenmere", "Hopwas Green", "Kilnsbury", "Lugharness", "Mordley", "Nether Aconbrook",
        "Orlingham", "Pipers Dene", "Rowlsford", "Stokelow", "Tarringley", "Upper Lyde End", "Vowbridge",
    ],
}  # fmt: skip
SCHOOLS = """
Alder Vale; Badgers Brook; Bell Meadow; Birchfield; Bridge Street; Broad Oak; Castle Green; Chapel Hill; Cider Mill;
Copse View; Elm Park; Ferryside; Foundry Lane; Garden Court; Gorse Hill; Hazel Bank; Heathfield; Hill Lane; Holly Bush;
Hop Pole; Kiln Road; Larkrise; Limes; Maple Grove; Market Square; Meadowside; Mill Race; Oakfield; Old Orchard;
Park End; Pear Tree; Ploughfield; Pool Farm; Priory Gate; Quarry Bank; Rectory Road; Riverbank; Rookery; Rowan Tree;
Station Road; Tanyard; Thistledown; Valley View; Well Lane; Willow Walk; Yew Tree; Two Rivers; Three Elms; Long Meadow;
Stony Ford
""".replace("\n", " ").split(";")

package world

// country is where customers live.
type country struct {
	name   string
	weight float64
	cities []city
	// market is the yearly size of a range's market in millions, per weight.
	market float64
}

type city struct{ name, region string }

func countries() []country {
	return []country{
		{"United Kingdom", 30, []city{{"London", "England"}, {"Leeds", "England"}, {"Bristol", "England"}, {"Glasgow", "Scotland"}, {"Cardiff", "Wales"}}, 41},
		{"Germany", 20, []city{{"Berlin", "Berlin"}, {"Hamburg", "Hamburg"}, {"Munich", "Bavaria"}, {"Cologne", "North Rhine-Westphalia"}}, 52},
		{"France", 14, []city{{"Paris", "Ile-de-France"}, {"Lyon", "Auvergne-Rhone-Alpes"}, {"Nantes", "Pays de la Loire"}, {"Toulouse", "Occitanie"}}, 44},
		{"Netherlands", 8, []city{{"Amsterdam", "North Holland"}, {"Utrecht", "Utrecht"}, {"Rotterdam", "South Holland"}}, 18},
		{"Spain", 7, []city{{"Madrid", "Madrid"}, {"Valencia", "Valencia"}, {"Seville", "Andalusia"}}, 29},
		{"Italy", 6, []city{{"Milan", "Lombardy"}, {"Turin", "Piedmont"}, {"Bologna", "Emilia-Romagna"}}, 33},
		{"Ireland", 5, []city{{"Dublin", "Leinster"}, {"Cork", "Munster"}, {"Galway", "Connacht"}}, 7},
		{"Sweden", 4, []city{{"Stockholm", "Stockholm"}, {"Malmo", "Skane"}}, 11},
		{"Poland", 3, []city{{"Warsaw", "Masovia"}, {"Gdansk", "Pomerania"}}, 16},
		{"Portugal", 3, []city{{"Lisbon", "Lisbon"}, {"Porto", "Norte"}}, 6},
	}
}

func womensNames() []string {
	return []string{
		"Ada", "Beatrice", "Clara", "Dora", "Elin", "Fleur", "Greta", "Hanna", "Ines", "Johanna", "Karin", "Lea", "Marta",
		"Nora", "Olga", "Petra", "Quinn", "Rosa", "Silvia", "Tilda", "Ulla", "Vera", "Wanda", "Yara",
	}
}

func mensNames() []string {
	return []string{
		"Adam", "Bruno", "Conor", "David", "Emil", "Felix", "Gustav", "Hugo", "Ivo", "Jonas", "Karl", "Leo", "Martin",
		"Nils", "Oscar", "Pablo", "Rafael", "Simon", "Tomas", "Urban", "Victor", "Walter", "Yannick", "Zeno",
	}
}

func familyNames() []string {
	return []string{
		"Abbott", "Brandt", "Costa", "Dahl", "Evans", "Ferrari", "Garcia", "Hansen", "Ivory", "Jansen", "Keller", "Lambert",
		"Moreau", "Novak", "Olsen", "Peeters", "Quigley", "Rossi", "Schmidt", "Thomsen", "Urquhart", "Vogel", "Walsh", "Xavier",
		"Young", "Zimmer", "Archer", "Bianchi", "Carver", "Duval", "Eriksson", "Fischer", "Gallo", "Hughes", "Iversen", "Kowalski",
	}
}

func incomeBands() [3]string { return [3]string{"low", "middle", "high"} }

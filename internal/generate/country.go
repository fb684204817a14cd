package generate

// The names are as a till would print them: EIRE and RSA need mapping, and the
// last two of oddCountries are no countries at all.
const (
	unitedKingdom   = "United Kingdom"
	eire            = "EIRE"
	channelIslands  = "Channel Islands"
	unspecified     = "Unspecified"
	abroadShare     = 0.12
	guestElsewhere  = 0.008
	hongKongOfThose = 0.5
)

func oddCountries() []string {
	return []string{eire, channelIslands, "RSA", "USA", unspecified, "European Community"}
}

type abroad struct {
	name   string
	weight float64
}

func abroadList() []abroad {
	return []abroad{
		{"Germany", 95},
		{"France", 87},
		{"Spain", 31},
		{"Belgium", 25},
		{"Switzerland", 21},
		{"Portugal", 19},
		{"Italy", 15},
		{"Finland", 12},
		{"Austria", 11},
		{"Norway", 10},
		{"Netherlands", 9},
		{"Australia", 9},
		{channelIslands, 9},
		{"Denmark", 9},
		{"Cyprus", 8},
		{"Sweden", 8},
		{"Japan", 8},
		{"Poland", 6},
		{"Canada", 4},
		{"Greece", 4},
		{"Israel", 4},
		{"USA", 4},
		{eire, 3},
		{"Iceland", 2},
		{"Malta", 2},
		{"Singapore", 2},
		{"United Arab Emirates", 2},
		{unspecified, 2},
		{"RSA", 1},
		{"European Community", 1},
		{"Brazil", 1},
		{"Czech Republic", 1},
		{"Lebanon", 1},
		{"Lithuania", 1},
		{"Saudi Arabia", 1},
	}
}

// countryOf draws a customer's country. The first few customers stand for the
// odd names, so that even a small log has them; true marks those.
func countryOf(s *stream, index int) (string, bool) {
	home := !s.Chance(abroadShare)
	list := abroadList()
	weights := make([]float64, len(list))
	for i, a := range list {
		weights[i] = a.weight
	}
	foreign := list[s.Weighted(weights)].name
	switch odd := oddCountries(); {
	case index < len(odd):
		return odd[index], true
	case home:
		return unitedKingdom, false
	default:
		return foreign, false
	}
}

// carriageOf gives the code and label of the charge that parcels to the country
// carry; no code for home deliveries.
func carriageOf(country string) (string, string) {
	switch country {
	case unitedKingdom, unspecified:
		return "", ""
	case eire, channelIslands:
		return "C2", "CARRIAGE"
	default:
		return "POST", "POSTAGE"
	}
}

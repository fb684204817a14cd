package generate

import (
	"strings"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// The words of the catalogue. Some of them (check, manual, post, sample) also
// name bookings: real catalogues have such products, and a classification that
// drops them is wrong.

func forms() []form {
	return []form{
		{"TEA TOWEL", 245},
		{"APRON", 425},
		{"OVEN GLOVE", 325},
		{"TABLE RUNNER", 595},
		{"PLACEMAT PAIR", 345},
		{"NAPKINS PACK OF 20", 95},
		{"COASTER", 85},
		{"MUG", 225},
		{"ESPRESSO CUP", 165},
		{"TEAPOT", 795},
		{"MILK JUG", 345},
		{"BUTTER DISH", 495},
		{"EGG CUP", 105},
		{"CAKE STAND", 1275},
		{"PUDDING BOWL", 265},
		{"BISCUIT TIN", 395},
		{"BREAD BIN", 1495},
		{"SPOON REST", 145},
		{"MEASURING JUG", 295},
		{"RECIPE FOLDER", 375},
		{"LUNCH POUCH", 185},
		{"PICNIC RUG", 1195},
		{"WATER FLASK", 465},
		{"SHOPPER BAG", 195},
		{"WASH BAG", 275},
		{"PENCIL CASE", 125},
		{"NOTEBOOK A6", 95},
		{"GIFT WRAP SHEET", 39},
		{"GREETING CARD", 42},
		{"STICKER ROLL", 65},
		{"WRITING SET", 245},
		{"DESK TIDY", 345},
		{"LETTER POST RACK", 695},
		{"WALL CLOCK", 995},
		{"PICTURE FRAME", 295},
		{"DOORSTOP", 495},
		{"COAT HOOK", 225},
		{"DRAWER PULL", 125},
		{"KEY TRAY", 195},
		{"LANTERN JAR", 275},
		{"PILLAR CANDLE", 165},
		{"CANDLE SNUFFER", 210},
		{"INCENSE BOX", 79},
		{"CUSHION COVER", 445},
		{"QUILTED THROW", 1695},
		{"HOT WATER BOTTLE COVER", 425},
		{"SLEEP MASK", 145},
		{"BATH SPONGE", 85},
		{"SOAP SAVER", 105},
		{"HAND BALM TIN", 175},
		{"PLANT POT", 245},
		{"SEED DIBBER", 125},
		{"GARDEN TWINE", 95},
		{"WATERING CAN", 695},
		{"BIRD BATH", 1495},
		{"WIND SPINNER", 165},
		{"BUNTING 3M", 375},
		{"PAPER CHAIN KIT", 145},
		{"BALLOON PACK", 85},
		{"PARTY STRAWS", 55},
		{"SKIPPING ROPE", 165},
		{"WOODEN TRACTOR", 595},
		{"SPINNING TOP", 125},
		{"MONEY BANK", 245},
		{"NIGHT LIGHT", 645},
		{"COLOURING ROLL", 195},
		{"RAG RABBIT", 745},
		{"HAIR SLIDE", 65},
		{"BEADED BANGLE", 125},
		{"SCARF RING", 165},
		{"LUGGAGE TAG", 145},
		{"PASSPORT SLEEVE", 185},
		{"UMBRELLA", 795},
		{"FOLDING FAN", 105},
		{"MANUAL COFFEE MILL", 1275},
		{"SAMPLE BOOK OF PAPERS", 345},
		{"MEMO BLOCK", 85},
		{"MAGNET SET OF 4", 145},
		{"HANGING BASKET", 595},
		{"STORAGE CRATE", 895},
	}
}

func finishes() []string {
	return []string{
		"OAK", "BEECH", "CORK", "BRASS", "PEWTER", "TIN", "LINEN", "FELT", "WOOL", "JUTE", "RAFFIA", "STONEWARE",
		"TERRACOTTA", "GLASS", "SLATE", "INDIGO", "SAGE", "OCHRE", "CORAL", "CHALK", "MUSTARD", "PLUM", "TEAL",
		"MINT", "RUSSET", "CHARCOAL", "PRIMROSE", "CLARET", "LILAC", "SAND",
	}
}

func motifs() []string {
	return []string{
		"SWALLOW", "FERN LEAF", "OTTER", "HARE", "BRAMBLE", "HERRINGBONE", "PUFFIN", "LIGHTHOUSE", "BEEHIVE", "ACORN",
		"WILD CARROT", "TULIP", "PEACOCK", "SCALLOP", "MAP OF THE COAST", "GINGHAM CHECK", "TICKING STRIPE", "BLOCK PRINT",
		"MOON PHASES", "OLIVE BRANCH", "FISHING BOAT", "FOXGLOVE", "CLOUDBERRY", "TARTAN CHECK", "KINGFISHER", "DACHSHUND",
		"ARTICHOKE", "HOT AIR BALLOON", "LEMON GROVE", "TERRAZZO",
	}
}

func festiveMotifs() []string {
	return []string{"WINTER ROBIN", "SNOWDRIFT", "MISTLETOE", "YULE LOG", "FROSTED PINE", "CAROL SINGERS"}
}

// productName draws a name such as "SAGE PUFFIN TEA TOWEL", and whether it is
// one for the festive season.
func productName(s *stream, f form) (string, bool) {
	parts := make([]string, 0, 3)
	if s.Chance(0.75) {
		parts = append(parts, draw.Choose(s, finishes()))
	}
	festive := s.Chance(0.08)
	switch {
	case festive:
		parts = append(parts, draw.Choose(s, festiveMotifs()))
	case len(parts) == 0 || s.Chance(0.8):
		parts = append(parts, draw.Choose(s, motifs()))
	}
	return strings.Join(append(parts, f.noun), " "), festive
}

package world

import (
	"fmt"
	"math"
	"strconv"
)

// category is a merchant category.
type category struct {
	name   string
	group  group
	weight float64 // within its group
	median float64 // of a payment, in the shop's currency
}

// categories lists the fifty categories; their number is their place.
func categories() []category {
	return []category{
		{"Airlines", travel, 10, 180},
		{"Hotels and resorts", travel, 12, 140},
		{"Car rental", travel, 5, 95},
		{"Railways", travel, 10, 38},
		{"Cruise lines", travel, 1, 620},
		{"Travel agencies", travel, 4, 260},
		{"Taxis and ride sharing", travel, 16, 18},
		{"Airport shops", travel, 6, 32},
		{"Camping and holiday parks", travel, 3, 75},
		{"Ferries", travel, 2, 60},
		{"Tolls and parking", travel, 12, 9},
		{"Luggage shops", travel, 2, 70},
		{"Supermarkets", necessity, 30, 34},
		{"Bakeries", necessity, 14, 7},
		{"Greengrocers", necessity, 6, 14},
		{"Butchers", necessity, 4, 22},
		{"Pharmacies", necessity, 9, 19},
		{"Petrol stations", necessity, 12, 48},
		{"Public transport", necessity, 12, 6},
		{"Electricity and gas", necessity, 3, 85},
		{"Water and waste", necessity, 1.5, 42},
		{"Telephone and internet", necessity, 4, 39},
		{"Insurance", necessity, 2, 65},
		{"Doctors and clinics", necessity, 2.5, 55},
		{"Dentists", necessity, 1.2, 90},
		{"Opticians", necessity, 0.8, 120},
		{"Child care", necessity, 1.2, 150},
		{"Schools and courses", necessity, 1.2, 80},
		{"Hardware shops", necessity, 3.5, 31},
		{"Household goods", necessity, 5, 24},
		{"Laundries", necessity, 1.3, 15},
		{"Vets", necessity, 1, 68},
		{"Restaurants", discretionary, 18, 36},
		{"Cafes", discretionary, 17, 8},
		{"Fast food", discretionary, 13, 12},
		{"Bars and clubs", discretionary, 6, 24},
		{"Clothing", discretionary, 10, 48},
		{"Shoes", discretionary, 4, 69},
		{"Electronics", discretionary, 5, 110},
		{"Books and music", discretionary, 5, 18},
		{"Toys and games", discretionary, 4, 27},
		{"Sports goods", discretionary, 4, 52},
		{"Cosmetics", discretionary, 5, 26},
		{"Jewellery", discretionary, 1, 140},
		{"Furniture", discretionary, 2, 190},
		{"Garden centres", discretionary, 3, 35},
		{"Cinemas and theatres", discretionary, 4, 22},
		{"Streaming", discretionary, 6, 12},
		{"Gyms", discretionary, 3, 38},
		{"Hobbies and crafts", discretionary, 3, 25},
	}
}

// rangeOf is a range of the shop's own products.
type rangeOf struct {
	name     string
	category int // of the merchant
	group    group
	median   float64
	nouns    []string
}

// ranges lists the ranges.
func ranges() []rangeOf {
	return []rangeOf{
		{"Groceries", 12, necessity, 4.2, []string{"Oats", "Coffee Beans", "Olive Oil", "Pasta", "Honey", "Rice", "Granola", "Tea", "Chocolate", "Lentils"}},
		{"Household", 29, necessity, 8.5, []string{"Dish Soap", "Laundry Liquid", "Sponges", "Storage Jar", "Bin Bags", "Cloth Set", "Candle", "Brush", "Bucket", "Peg Bag"}},
		{"Health", 16, necessity, 11, []string{"Vitamins", "Plasters", "Thermometer", "Hand Cream", "Toothpaste", "Sun Lotion", "Heat Pad", "Eye Mask"}},
		{"Tools", 28, necessity, 19, []string{"Hammer", "Screw Set", "Drill Bit", "Tape Measure", "Work Lamp", "Saw", "Ladder Hook", "Glue"}},
		{"Fashion", 36, discretionary, 32, []string{"T-Shirt", "Jumper", "Jeans", "Scarf", "Jacket", "Socks", "Belt", "Dress", "Cap", "Shirt"}},
		{"Beauty", 42, discretionary, 17, []string{"Face Cream", "Shampoo", "Lip Balm", "Perfume", "Body Oil", "Soap Bar", "Serum", "Nail Varnish"}},
		{"Electronics", 38, discretionary, 64, []string{"Headphones", "Charger", "Speaker", "Keyboard", "Cable", "Smart Plug", "Webcam", "Power Bank"}},
		{"Books", 39, discretionary, 13, []string{"Cookbook", "Novel", "Atlas", "Notebook", "Guide", "Diary", "Songbook", "Calendar"}},
		{"Toys", 40, discretionary, 19, []string{"Puzzle", "Kite", "Blocks", "Board Game", "Soft Bear", "Train Set", "Yo-Yo", "Paint Box"}},
		{"Sports", 41, discretionary, 36, []string{"Yoga Mat", "Football", "Water Bottle", "Racket", "Skipping Rope", "Running Vest", "Dumbbell", "Bike Lamp"}},
		{"Garden", 45, discretionary, 16, []string{"Trowel", "Seed Mix", "Plant Pot", "Watering Can", "Gloves", "Bird Box", "Hose", "Twine"}},
		{"Travel Gear", 11, travel, 46, []string{"Suitcase", "Backpack", "Neck Pillow", "Travel Towel", "Packing Cubes", "Adapter", "Toiletry Bag", "Rain Cover"}},
	}
}

// brands and the words before a noun.
func brands() []string {
	return []string{
		"Alderway", "Brightmoor", "Calder & Finch", "Dunlin", "Eastlea", "Fernhill", "Greyling", "Hollin", "Inverleaf", "Juniper Row",
		"Kestrel", "Larkfield", "Moss & Oak", "Northbeck", "Orchard Lane", "Pinecroft",
	}
}

func adjectives() []string {
	return []string{
		"Classic", "Soft", "Large", "Mini", "Everyday", "Fine", "Bold", "Natural", "Light", "Double", "Country", "Urban",
		"Summer", "Winter", "Pure", "Bright", "Slim", "Original", "Premium", "Simple",
	}
}

// product is one of the shop's own.
type product struct {
	id, name, brand, label string
	ranged                 int   // index of its range
	cost, price            int64 // in ten-thousandths
}

// labels of sustainability; most products have none.
func labels() []string { return []string{"organic", "fair_trade", "recycled", "carbon_neutral"} }

// stock is the catalogue: products by range, the labelled ones apart.
type stock struct {
	products []product
	// all and labelled list the products of a range, the best-selling first, and
	// allSold and labelledSold what is sold of them, as shelf makes it.
	all, labelled         [][]int32
	allSold, labelledSold [][]int32
	// byGroup draws a range within a group.
	byGroup [3]sampler
	ranged  [3][]int
}

// perRange is how many products a range has.
func perRange(customers int) int { return min(max(customers/120, 24), 90) }

func (w *World) newStock() stock {
	s := w.stream(forProducts, 0)
	all := ranges()
	st := stock{all: make([][]int32, len(all)), labelled: make([][]int32, len(all))}
	for r := range all {
		seen := map[string]bool{}
		for len(st.all[r]) < perRange(w.cfg.Customers) {
			p := w.newProduct(&s, r, len(st.products)+1)
			if seen[p.name] {
				continue
			}
			seen[p.name] = true
			at := int32(len(st.products)) //nolint:gosec // about a thousand
			st.products = append(st.products, p)
			st.all[r] = append(st.all[r], at)
			if p.label != "" {
				st.labelled[r] = append(st.labelled[r], at)
			}
		}
		st.ranged[all[r].group] = append(st.ranged[all[r].group], r)
		st.allSold = append(st.allSold, shelf(st.all[r]))
		st.labelledSold = append(st.labelledSold, shelf(st.labelled[r]))
	}
	for g := range st.byGroup {
		weights := make([]float64, len(st.ranged[g]))
		for i, r := range st.ranged[g] {
			weights[i] = 1 / math.Sqrt(all[r].median)
		}
		st.byGroup[g] = newSampler(weights)
	}
	return st
}

func (w *World) newProduct(s *stream, r, number int) product {
	ranged := ranges()[r]
	p := product{id: "P" + fmt.Sprintf("%05d", number), ranged: r}
	p.brand = brands()[s.Intn(len(brands()))]
	p.name = adjectives()[s.Intn(len(adjectives()))] + " " + ranged.nouns[s.Intn(len(ranged.nouns))] + " No. " + strconv.Itoa(s.Between(1, 9))
	list := s.Lognormal(ranged.median, 0.55)
	if s.Chance(0.28) {
		p.label = labels()[s.Intn(len(labels()))]
		list *= 1.1
	}
	// Prices end in 9, as on a shelf.
	cents := max(int64(list*10), 1)*10 - 1
	p.price = cents * 100
	p.cost = int64(float64(p.price)*(0.42+0.26*s.Float()))/100*100 + 1
	return p
}

// shelfSize is the number of sales that a shelf tells apart; a power of two.
const shelfSize = 4096

// shelf spreads products over sales. Popularity falls with the rank as in Zipf's
// law (exponent 1, which inverts in closed form: n^u - 1).
func shelf(list []int32) []int32 {
	if len(list) == 0 {
		return nil
	}
	out := make([]int32, shelfSize)
	for i := range out {
		u := (float64(i) + 0.5) / shelfSize
		rank := int(math.Pow(float64(len(list)+1), u)) - 1
		out[i] = list[min(max(rank, 0), len(list)-1)]
	}
	return out
}

// pick draws a product of a range; greener customers take more labelled ones.
func (st *stock) pick(r int, green float64, s *stream) int32 {
	bits := s.Bits()
	list := st.allSold[r]
	if float64(bits>>32) < 0.75*green*green*(1<<32) && st.labelledSold[r] != nil {
		list = st.labelledSold[r]
	}
	return list[bits%shelfSize]
}

// categoryID gives the id of a merchant category by its number.
func categoryID(i int) string { return fmt.Sprintf("MC%02d", i+1) }

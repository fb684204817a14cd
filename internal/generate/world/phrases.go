package world

import "strings"

// mood sorts a rating of 1 to 5 into bad, mixed and good.
func mood(rating float64) int {
	switch {
	case rating <= 2.4:
		return 0
	case rating <= 3.4:
		return 1
	default:
		return 2
	}
}

// say fills a template: words in braces are drawn from their list.
func say(s *stream, templates []string, lists map[string][]string) string {
	text := templates[s.Intn(len(templates))]
	for {
		from := strings.IndexByte(text, '{')
		if from < 0 {
			return strings.ToUpper(text[:1]) + text[1:]
		}
		to := from + strings.IndexByte(text[from:], '}')
		list := lists[text[from+1:to]]
		text = text[:from] + list[s.Intn(len(list))] + text[to+1:]
	}
}

func words() map[string][]string {
	return map[string][]string{
		"good":  {"really good", "excellent", "better than I expected", "lovely", "very well made", "exactly as described", "great value"},
		"bad":   {"a disappointment", "poor", "not worth the money", "worse than the last one", "broken after a week", "nothing like the picture"},
		"fine":  {"all right", "okay for the price", "decent", "neither good nor bad", "fine so far"},
		"happy": {"I will order again.", "Happy to recommend it.", "My family loves it.", "Ten out of ten from me.", "Thank you!", "Keep it up."},
		"angry": {"I want my money back.", "Never again.", "I am looking elsewhere now.", "Please sort this out.", "Very frustrating.", "I expected more."},
		"so-so": {"We will see.", "Might buy it again on offer.", "There is room for improvement.", "It does the job.", ""},
		"kind":  {"very kind", "so patient", "quick and friendly", "wonderful"},
		"who":   {"my daughter", "my husband", "my wife", "a friend", "my mother", "our neighbour"},
		"when":  {"two days late", "a week late", "after three reminders", "without any notice", "on the wrong day"},
		"fast":  {"the next morning", "within two days", "earlier than promised", "right on time"},
		"staff": {"The staff", "The person on the phone", "Your team", "The lady at the counter", "The chat agent"},
		"flaw":  {"the lid does not close", "the colour is off", "a part was missing", "the seam came apart", "it smells odd", "it arrived scratched"},
		"perk":  {"the quality", "the colour", "the packaging", "how light it is", "the smell", "how easy it is to use"},
		"thing": {"delivery", "checkout", "the app", "the returns desk", "the loyalty points", "customer service"},
	}
}

// sayProduct gives a text on a product that fits its rating.
func sayProduct(s *stream, rating float64, ranged string) string {
	w := words()
	w["it"] = []string{"it", "this", "the item", "my " + strings.ToLower(ranged) + " order"}
	return strings.TrimSpace(say(s, [...][]string{
		{
			"{it} was {bad}. {flaw} and nobody answered. {angry}", "Sadly {it} is {bad}: {flaw}. {angry}", "{it} came {when}, and {flaw}. {angry}",
			"Bought it for {who} and it was {bad}. {angry}", "{flaw}. {angry}",
		},
		{
			"{it} is {fine}. I like {perk}, but {flaw}. {so-so}", "{fine}. {so-so}", "Not sure yet: {perk} is nice, still {flaw}. {so-so}",
			"{it} came {when}, apart from that {fine}. {so-so}",
		},
		{
			"{it} is {good}. I love {perk}. {happy}", "{good}! It came {fast}. {happy}", "Bought it for {who}: {good}. {happy}",
			"{perk} is what I like most. {happy}", "Second time I buy this and it is {good} again.",
		},
	}[mood(rating)], w))
}

// sayService gives a text on the shop that fits its rating.
func sayService(s *stream, rating float64) string {
	return strings.TrimSpace(say(s, [...][]string{
		{
			"{thing} is {bad}. {staff} could not help. {angry}", "My parcel came {when}. {angry}", "{staff} was rude and {thing} did not work. {angry}",
			"I waited forever for an answer about {thing}. {angry}", "You charged me twice. {angry}",
		},
		{
			"{thing} is {fine}. {so-so}", "{staff} tried to help, but it took a while. {so-so}", "Prices went up, {thing} is still {fine}. {so-so}",
		},
		{
			"{staff} was {kind} and solved it at once. {happy}", "Delivery {fast}. {happy}", "{thing} is {good}. {happy}",
			"I had a question about {thing} and got an answer {fast}. {happy}",
		},
	}[mood(rating)], words()))
}

// sayShort gives a remark beside a score.
func sayShort(s *stream, rating float64) string {
	return say(s, [...][]string{
		{"{thing} needs work", "too expensive for what it is", "{thing} is {bad}", "nobody answers my mails"},
		{"{thing} is {fine}", "good shop, slow delivery", "more choice would be nice"},
		{"{thing} is {good}", "always a pleasure", "quick and easy", "friendly people, fair prices"},
	}[mood(rating)], words())
}

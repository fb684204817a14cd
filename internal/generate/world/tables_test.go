package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNoBalanceIsEverNegative(t *testing.T) {
	t.Parallel()
	for name, transactions := range map[string]int{"by order": 12_000, "by month": 60_000} {
		cfg := tiny(t)
		cfg.Transactions = transactions
		_, rows := base(t, cfg)
		entries := map[string][]record{}
		kinds := map[string]int{}
		for _, r := range rows["bronze.loyalty_ledger"] {
			entries[r.text("customer_id")] = append(entries[r.text("customer_id")], r)
			kinds[r.text("entry_type")]++
			if (r.number("points") < 0) != (r.text("entry_type") == "redeem" || r.text("entry_type") == "expire") {
				t.Fatalf("%s: %s", name, r)
			}
		}
		for _, kind := range []string{"join", "earn", "redeem", "expire"} {
			if kinds[kind] == 0 {
				t.Errorf("%s: no entry of type %s", name, kind)
			}
		}
		for who, list := range entries {
			slices.SortFunc(list, func(a, b record) int {
				return cmp.Or(a.time("entry_at").Compare(b.time("entry_at")), cmp.Compare(a.text("entry_id"), b.text("entry_id")))
			})
			replay(t, name+" "+who, list)
		}
	}
}

// replay books a customer's entries anew by the rules, oldest points first.
func replay(t *testing.T, who string, list []record) {
	t.Helper()
	type lot struct {
		at   time.Time
		left float64
	}
	var lots []lot
	balance := 0.0
	for _, r := range list {
		points := r.number("points")
		balance += points
		if balance < 0 {
			t.Fatalf("%s: the balance is %v after %s", who, balance, r)
		}
		switch r.text("entry_type") {
		case "join", "earn":
			lots = append(lots, lot{r.time("entry_at"), points})
		case "redeem":
			for i := range lots {
				used := min(lots[i].left, -points)
				lots[i].left -= used
				points += used
			}
		case "expire":
			if lots[0].left != -points || !lots[0].at.Add(365*24*time.Hour).Equal(r.time("entry_at")) {
				t.Fatalf("%s: %s, but the oldest %v points are of %s", who, r, lots[0].left, lots[0].at)
			}
			lots[0].left = 0
		}
		for len(lots) > 0 && lots[0].left == 0 {
			lots = lots[1:]
		}
	}
}

func TestFunnelsNarrow(t *testing.T) {
	t.Parallel()
	_, rows := base(t, tiny(t))
	steps := []string{"visit", "product_view", "add_to_cart", "checkout", "purchase"}
	reached := map[string]map[string]time.Time{}
	ids := map[string]bool{}
	for _, r := range rows["bronze.transactions"] {
		ids[r.text("transaction_id")], ids[r.text("order_id")] = true, true
	}
	for _, r := range rows["bronze.journey_events"] {
		s := reached[r.text("session_id")]
		if s == nil {
			s = map[string]time.Time{}
			reached[r.text("session_id")] = s
		}
		s[r.text("event_name")] = r.time("event_at")
		if r.text("event_name") == "purchase" && !ids[r.text("order_id")] {
			t.Fatalf("the order of %s is not there", r)
		}
	}
	counts := map[string]int{}
	for id, s := range reached {
		for i, step := range steps {
			if _, ok := s[step]; !ok {
				continue
			}
			counts[step]++
			if i > 0 && !s[steps[i-1]].Before(s[step]) {
				t.Fatalf("session %s reached %s without or before %s", id, step, steps[i-1])
			}
		}
	}
	for i := 1; i < len(steps); i++ {
		if counts[steps[i]] == 0 || counts[steps[i]] >= counts[steps[i-1]] {
			t.Errorf("%d sessions reach %s, %d %s", counts[steps[i-1]], steps[i-1], counts[steps[i]], steps[i])
		}
	}
}

func TestDirtIsAsAskedForAndTold(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Transactions = 40_000
	_, rows := base(t, cfg)
	told := map[string]map[string]int{}
	for _, r := range rows["truth.transactions_dirty"] {
		id := r.text("transaction_id")
		if told[id] == nil {
			told[id] = map[string]int{}
		}
		told[id][r.text("kind")]++
	}
	end := cfg.Start.AddDate(0, 0, cfg.Days)
	times := map[string]int{}
	found := map[string]int{}
	for _, r := range rows["bronze.transactions"] {
		id := r.text("transaction_id")
		times[id]++
		odd := ""
		kind, channel := r.text("transaction_type"), r.text("channel")
		switch {
		case r["customer_id"] == nil:
			odd = dirtGuest
		case r["amount"] == nil && r["quantity"] == nil:
			odd = dirtNoAmount
		case r["amount"] == nil:
			odd = dirtLeftOut
		case r.number("amount") == 0:
			odd = dirtZero
		case !r.time("transaction_at").Before(end):
			odd = dirtFuture
		case r.text("merchant_category_id") == unknownCategory:
			odd = dirtCategory
		case strings.ToLower(strings.TrimSpace(kind)) != kind || strings.ToLower(strings.TrimSpace(channel)) != channel:
			odd = dirtText
		}
		if odd == "" {
			continue
		}
		found[odd]++
		if told[id][odd] == 0 {
			t.Fatalf("%s is %s, and the truth does not tell", r, odd)
		}
	}
	all := float64(len(rows["bronze.transactions"]))
	sum, late, again := 0.0, 0, 0
	for _, kind := range []string{dirtGuest, dirtNoAmount, dirtZero, dirtFuture, dirtCategory, dirtText, dirtLeftOut} {
		if found[kind] == 0 {
			t.Errorf("no row is %s", kind)
		}
		sum += float64(found[kind])
	}
	for id, kinds := range told {
		late += kinds[dirtLate]
		again += kinds[dirtDuplicate]
		if kinds[dirtDuplicate] > 0 != (times[id] > 1) {
			t.Fatalf("%s comes %d times, and is told as %v", id, times[id], kinds)
		}
	}
	near(t, "the share of dirty rows", sum/all, cfg.Dirty, 0.006)
	near(t, "the share of late rows", float64(late)/all, cfg.Late, 0.004)
	near(t, "the share of duplicates", float64(again)/all, cfg.Duplicates, 0.004)
}

func TestACleanWorldHasNoDirt(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Dirty, cfg.Late, cfg.Duplicates = 0, 0, 0
	_, rows := base(t, cfg)
	if n := len(rows["truth.transactions_dirty"]); n > 0 {
		t.Errorf("%d rows are told as dirty", n)
	}
	seen := map[string]bool{}
	for _, r := range rows["bronze.transactions"] {
		if seen[r.text("transaction_id")] {
			t.Fatal("twice: ", r)
		}
		seen[r.text("transaction_id")] = true
		want := r.number("quantity")*r.number("unit_price") - r.number("discount_amount")
		if r["quantity"] != nil && fmt.Sprintf("%.2f", want) != fmt.Sprintf("%.2f", r.number("amount")) {
			// A price to four decimals may end in the middle between two cents.
			near(t, "the amount of "+r.String(), r.number("amount"), want, 0.00501)
		}
	}
}

func TestReferencesHold(t *testing.T) {
	t.Parallel()
	_, rows := base(t, tiny(t))
	ids := func(table, column string) map[string]bool {
		out := map[string]bool{"": true}
		for _, r := range rows["bronze."+table] {
			out[r.text(column)] = true
		}
		return out
	}
	customers, products := ids("customers", "customer_id"), ids("products", "product_id")
	for name, list := range rows {
		for _, r := range list {
			for _, column := range []string{"customer_id", "referrer_customer_id", "referred_customer_id"} {
				if !customers[r.text(column)] && name != "bronze.transaction_logs" {
					t.Fatalf("%s: nobody is %s", name, r.text(column))
				}
			}
			if !products[r.text("product_id")] {
				t.Fatalf("%s: there is no product %s", name, r.text("product_id"))
			}
		}
	}
	signed := map[string]time.Time{}
	for _, r := range rows["bronze.customers"] {
		signed[r.text("customer_id")] = r.time("signed_up_at")
		if r.time("updated_at").Before(r.time("signed_up_at")) {
			t.Fatal("changed before signing up: ", r)
		}
	}
	for _, r := range rows["bronze.transactions"] {
		if id := r.text("customer_id"); id != "" && r.text("transaction_id")[0] != 'G' && r.time("transaction_at").Before(signed[id]) {
			t.Fatal("bought before signing up: ", r)
		}
	}
}

func TestTextsReadLikeTexts(t *testing.T) {
	t.Parallel()
	_, rows := base(t, tiny(t))
	distinct := map[string]bool{}
	for _, r := range rows["bronze.feedback"] {
		text := r.text("feedback_text")
		distinct[text] = true
		if text == "" || strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") || strings.ToUpper(text[:1]) != text[:1] {
			t.Errorf("%q", text)
		}
		if r.number("rating") <= 2 && strings.Contains(text, "recommend") {
			t.Errorf("rated %v: %q", r["rating"], text)
		}
	}
	if n := len(rows["bronze.feedback"]); len(distinct) < n/2 {
		t.Errorf("%d texts, only %d of them different", n, len(distinct))
	}
}

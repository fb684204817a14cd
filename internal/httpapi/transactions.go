package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/metric"
)

// TransactionsInput filters a customer's transactions.
type TransactionsInput struct {
	PageInput

	ID       string `maxLength:"200"                                                  path:"id"`
	From     string `doc:"first day, 2006-01-02"                                      maxLength:"10"        query:"from"`
	To       string `doc:"last day"                                                   maxLength:"10"        query:"to"`
	Category string `doc:"merchant category group"                                    maxLength:"200"       query:"category"`
	Channel  string `maxLength:"200"                                                  query:"channel"`
	Class    string `doc:"sale, return or another class"                              maxLength:"50"        query:"class"`
	Format   string `doc:"in place of Accept; CSV and Arrow hold all rows that match" enum:"json,csv,arrow" query:"format"`
}

// Transaction is one line of a customer's orders and returns.
type Transaction struct {
	TransactionID string      `json:"transaction_id"`
	OrderID       *string     `json:"order_id"`
	At            time.Time   `json:"transaction_at"`
	Day           *metric.Day `json:"transaction_day"`
	Class         string      `json:"transaction_class"`
	ProductID     *string     `json:"product_id"`
	ProductName   *string     `json:"product_name"`
	Category      *string     `json:"category_group"`
	Channel       *string     `json:"channel"`
	Country       *string     `json:"country"`
	Quantity      *int64      `json:"quantity"`
	Discount      *Number     `json:"discount_amount"`
	Amount        *Number     `json:"amount"`
	Margin        *Number     `json:"margin_amount"`
}

// TransactionsAnswer is a page of transactions, the newest first.
type TransactionsAnswer struct {
	Items      []Transaction `json:"items"`
	NextCursor string        `doc:"empty at the end"        json:"next_cursor"`
	Total      int64         `doc:"transactions that match" json:"total"`
	Amount     Number        `doc:"their sum"               json:"amount"`

	all []Transaction // for tables
}

func (a TransactionsAnswer) table() ([]tableColumn, [][]any) { return structTable(a.all) }

func (s *server) addTransactions() {
	add(s, operation{
		id: "listCustomerTransactions", method: http.MethodGet, path: "/customers/{id}/transactions", tag: "Customers", tabular: true, whole: true,
		summary: "A customer's transactions, the newest first",
	}, transactions)
}

type summed struct {
	Total  int64  `json:"total"`
	Amount Number `json:"amount"`
}

func transactions(ctx context.Context, c *call, in *TransactionsInput) (TransactionsAnswer, error) {
	out := TransactionsAnswer{Items: []Transaction{}}
	for _, day := range []string{in.From, in.To} {
		if day == "" {
			continue
		}
		if _, err := metric.ParseDay(day); err != nil {
			return out, err
		}
	}
	at, err := in.after("transactions", momentKey, textKey)
	if err != nil {
		return out, err
	}
	where := []any{in.ID, nullIfEmpty(in.From), nullIfEmpty(in.To), nullIfEmpty(in.Category), nullIfEmpty(in.Channel), nullIfEmpty(in.Class)}
	sum, err := list[summed](ctx, c, "transactions_sum", where...)
	if err != nil {
		return out, err
	}
	out.Total, out.Amount = sum[0].Total, sum[0].Amount
	if out.Total == 0 {
		if _, err := c.customer(ctx, in.ID); err != nil {
			return out, err
		}
	}
	args := append(append([]any{}, where...), append(at.args(2), any(in.limit()+1))...)
	found, err := list[Transaction](ctx, c, "transactions", args...)
	if err != nil {
		return out, err
	}
	for i, t := range found {
		if i == in.limit() {
			moment := momentOf(found[i-1].At)
			out.NextCursor, err = (&place{Sort: "transactions", Keys: []*string{&moment, &found[i-1].TransactionID}}).cursor()
			break
		}
		out.Items = append(out.Items, t)
	}
	if err != nil || c.form == jsonType {
		return out, err
	}
	// Tables hold all rows that match: one customer's are few.
	out.all, err = list[Transaction](ctx, c, "transactions", append(where, nil, nil, out.Total)...)
	return out, err
}

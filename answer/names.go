package answer

import (
	"context"
	"fmt"

	"kith"
)

// naming says what entities are called across documents. A claim names its ends
// as its own document does; answers call one entity by one name.
type naming map[kith.EntityID]string

// write puts the entities' names into claims, and reads those that it does not
// know yet.
func (n naming) write(ctx context.Context, view kith.View, claims []*kith.Claim) error {
	var ids []kith.EntityID
	for _, c := range claims {
		for _, ref := range c.Ends() {
			if _, known := n[ref.ID]; !known && ref.ID != "" {
				n[ref.ID] = ""
				ids = append(ids, ref.ID)
			}
		}
	}
	if len(ids) > 0 {
		for e, err := range view.Entities(ctx, kith.EntityFilter{IDs: ids, Bare: true}) {
			if err != nil {
				return fmt.Errorf("read names: %w", err)
			}
			n[e.ID] = e.Name
		}
	}
	for _, c := range claims {
		n.put(c)
	}
	return nil
}

// put writes the names into one claim.
func (n naming) put(c *kith.Claim) {
	for _, ref := range c.Ends() {
		if name := n[ref.ID]; name != "" {
			ref.Name = name
		}
	}
	if c.Attribution != nil && n[c.Attribution.ID] != "" {
		named := *c.Attribution
		named.Name = n[named.ID]
		c.Attribution = &named
	}
}

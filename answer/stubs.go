package answer

func introducers(a *asker) error  { return nil }
func brokers(a *asker) error      { return nil }
func reach(a *asker) error        { return nil }
func overlap(a *asker) error      { return nil }
func given(a *asker) error        { return nil }
func received(a *asker) error     { return nil }
func endorsements(a *asker) error { return nil }
func donors(a *asker) error       { return nil }
func events(a *asker) error       { return nil }
func compare(a *asker) error      { return nil }
func vehicles(a *asker) error     { return nil }
func timeline(a *asker) error     { return nil }
func changes(a *asker) error      { return nil }
func rumours(a *asker) error      { return nil }
func conflicts(a *asker) error    { return nil }
func said(a *asker) error         { return nil }
func sources(a *asker) error      { return nil }
func gaps(a *asker) error         { return nil }
func groups(a *asker) error       { return nil }
func central(a *asker) error      { return nil }
func similar(a *asker) error      { return nil }
func reply(a *asker) error        { return nil }
func find(a *asker) error         { return nil }

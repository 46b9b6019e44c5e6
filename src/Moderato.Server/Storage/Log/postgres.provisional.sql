-- 3: DecisionOrigin.Provisional.
CREATE INDEX decisions_provisional ON decisions (workspace, time, sequence) WHERE origin = 3;

-- The battery under type masked_text: the type must be there before the tables.
CREATE EXTENSION ccpii;
SECURITY LABEL FOR ccpii ON ROLE @masked@ IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE @unmasked@ IS 'CLEAR';

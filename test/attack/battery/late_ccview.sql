SECURITY LABEL FOR ccpii ON COLUMN public.late.phone IS 'MASKED AS phone'

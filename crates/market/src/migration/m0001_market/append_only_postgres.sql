CREATE FUNCTION transfers_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'transfers are never changed or deleted';
END;
$$;

CREATE TRIGGER transfers_keep_rows BEFORE UPDATE OR DELETE ON transfers
FOR EACH ROW EXECUTE FUNCTION transfers_keep();

CREATE TRIGGER transfers_keep_table BEFORE TRUNCATE ON transfers
FOR EACH STATEMENT EXECUTE FUNCTION transfers_keep();

-- What changed of what everybody is shown, for whoever keeps something of it. Triggers write it, so that nothing that
-- writes can forget to. Numbers rise in the order of commits, as there is one writer, and never return.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('product', 'shelf', 'store')),
    subject BIGINT NOT NULL,
    -- By the database's clock, in milliseconds.
    noted_at BIGINT NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);
CREATE INDEX changes_by_age ON changes (noted_at);

CREATE TRIGGER changes_product_made AFTER INSERT ON products
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.id); END;
CREATE TRIGGER changes_product_changed AFTER UPDATE ON products
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.id); END;
CREATE TRIGGER changes_product_gone AFTER DELETE ON products
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', OLD.id); END;

-- Nobody is shown more units than fit on one line of a cart: a sale out of plenty changes nothing.
CREATE TRIGGER changes_variant_changed AFTER UPDATE ON variants
WHEN OLD.product_id <> NEW.product_id OR OLD.name <> NEW.name OR OLD.sku <> NEW.sku OR OLD.price <> NEW.price
    OR OLD.position <> NEW.position OR OLD.retired <> NEW.retired
    OR min(OLD.on_hand - OLD.held, 99) <> min(NEW.on_hand - NEW.held, 99)
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_variant_made AFTER INSERT ON variants
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_variant_gone AFTER DELETE ON variants
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', OLD.product_id); END;

CREATE TRIGGER changes_picture_made AFTER INSERT ON pictures
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_picture_changed AFTER UPDATE ON pictures
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_picture_gone AFTER DELETE ON pictures
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', OLD.product_id); END;

CREATE TRIGGER changes_listing_made AFTER INSERT ON listings
BEGIN INSERT INTO changes (kind, subject) VALUES ('shelf', NEW.store_id), ('product', NEW.product_id); END;
CREATE TRIGGER changes_listing_changed AFTER UPDATE ON listings
BEGIN INSERT INTO changes (kind, subject) VALUES ('shelf', NEW.store_id), ('product', NEW.product_id); END;
CREATE TRIGGER changes_listing_gone AFTER DELETE ON listings
BEGIN INSERT INTO changes (kind, subject) VALUES ('shelf', OLD.store_id), ('product', OLD.product_id); END;

-- Whether a product is offered, and for how much. How many units are left of an offer is its owners' business.
CREATE TRIGGER changes_offer_made AFTER INSERT ON offers
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_offer_changed AFTER UPDATE ON offers
WHEN OLD.rate <> NEW.rate OR OLD.state <> NEW.state OR (OLD.open_units > 0) <> (NEW.open_units > 0)
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', NEW.product_id); END;
CREATE TRIGGER changes_offer_gone AFTER DELETE ON offers
BEGIN INSERT INTO changes (kind, subject) VALUES ('product', OLD.product_id); END;

CREATE TRIGGER changes_store_made AFTER INSERT ON stores
BEGIN INSERT INTO changes (kind, subject) VALUES ('store', NEW.id); END;
CREATE TRIGGER changes_store_changed AFTER UPDATE ON stores
BEGIN INSERT INTO changes (kind, subject) VALUES ('store', NEW.id); END;
CREATE TRIGGER changes_store_gone AFTER DELETE ON stores
BEGIN INSERT INTO changes (kind, subject) VALUES ('store', OLD.id); END;

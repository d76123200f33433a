-- What an application asks for (rules::application::Kind).

ALTER TABLE applications ADD COLUMN kind TEXT NOT NULL DEFAULT 'counselling';

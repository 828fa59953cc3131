//! Registration bodies, and events that nearly obey them.

use serde_json::{Map, Value, json};

use super::Random;

impl Random {
    /// A registration body.
    pub fn registration(&mut self) -> Value {
        let mut body = Map::new();
        let targets = (0..=self.below(3)).map(|_| {
            let mut target = Map::from_iter([(
                "type".to_owned(),
                self.pick(&["team", "user", "file"]).into(),
            )]);
            if self.chance(2) {
                target.insert("metadata".into(), self.metadata_schema());
            }
            Value::from(target)
        });
        body.insert("targets".into(), targets.collect());
        if self.chance(2) {
            body.insert("actor".into(), json!({"metadata": self.metadata_schema()}));
        }
        if !self.chance(4) {
            body.insert("metadata".into(), self.metadata_schema());
        }
        body.into()
    }

    fn metadata_schema(&mut self) -> Value {
        let properties: Map<String, Value> = (0..self.below(4))
            .map(|_| (self.pick(&["a", "bc", "d_e"]).to_owned(), self.key_schema()))
            .collect();
        let mut schema = Map::from_iter([("type".to_owned(), "object".into())]);
        if self.chance(2) {
            schema.insert("required".into(), properties.keys().cloned().collect());
        }
        if self.chance(2) {
            schema.insert("additionalProperties".into(), false.into());
        }
        schema.insert("properties".into(), properties.into());
        schema.into()
    }

    fn key_schema(&mut self) -> Value {
        match self.below(6) {
            0 => json!({"type": "string", "maxLength": 2}),
            1 => json!({"type": "string", "enum": ["a", "abc"]}),
            2 => json!({"type": "integer", "minimum": 0, "maximum": 100}),
            3 => json!({"type": "boolean"}),
            4 => json!({"type": "string", "pattern": "^[a-z]+$"}),
            _ => json!({"type": "number", "multipleOf": 0.01}),
        }
    }

    /// An event that is nearly right.
    pub fn event(&mut self, body: &Value) -> Value {
        let declared: Vec<Value> = body["targets"].as_array().unwrap().clone();
        let mut targets: Vec<Value> = declared
            .iter()
            .map(|target| self.entity(&target["type"], &target["metadata"]))
            .collect();
        match self.below(8) {
            0 => drop(targets.pop()),
            1 => targets.extend((0..20).map(|_| json!({"id": "1", "type": "team"}))),
            2 => targets.push(json!({"id": "1", "type": "planet"})),
            3 => targets.push(self.value(1)),
            _ => {}
        }
        let mut event = json!({
            "action": "a.b",
            "occurred_at": "2026-01-01T00:00:00.000Z",
            "version": 1,
            "actor": self.entity(&"user".into(), &body["actor"]["metadata"]),
            "targets": targets,
            "context": {"location": "1.2.3.4"},
        });
        if !self.chance(5) {
            event["metadata"] = self.metadata(&body["metadata"]);
        }
        if self.chance(10) {
            let key = self.pick(&[
                "action", "version", "actor", "targets", "context", "metadata",
            ]);
            event[key] = self.value(2);
        }
        event
    }

    fn entity(&mut self, type_name: &Value, schema: &Value) -> Value {
        let mut entity = json!({"id": "1", "type": type_name});
        if !self.chance(4) {
            entity["metadata"] = self.metadata(schema);
        }
        if self.chance(4) {
            entity["name"] = self.value(0);
        }
        entity
    }

    fn metadata(&mut self, schema: &Value) -> Value {
        let mut metadata = self.object_for(schema, 1);
        match self.below(12) {
            0 => metadata["long"] = "x".repeat(501).into(),
            1 => metadata["not a key"] = 1.into(),
            2 => {
                metadata = (0..51)
                    .map(|number| (format!("k{number}"), Value::from(number)))
                    .collect();
            }
            3 => metadata["nothing"] = Value::Null,
            4 => metadata["nested"] = json!({"a": [1]}),
            _ => {}
        }
        metadata
    }
}

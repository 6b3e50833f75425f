// Writes schools/school.schema.json from the settings; run it after changing a setting.
import { writeFile } from "node:fs/promises";
import { jsonSchemaText } from "../school/json-schema.ts";

await writeFile("schools/school.schema.json", jsonSchemaText());

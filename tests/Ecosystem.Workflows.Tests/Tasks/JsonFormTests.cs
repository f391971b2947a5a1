using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks.Forms;

namespace Ecosystem.Workflows.Tests.Tasks;

public sealed class JsonFormTests
{
    private const string Schema = """
        {
          "type": "object",
          "required": ["name", "lines"],
          "$defs": { "address": { "type": "object", "required": ["town"], "properties": { "town": { "type": "string" }, "country": { "type": "string", "pattern": "^[A-Z]{2}$", "patternHint": "two capital letters" } } } },
          "properties": {
            "name": { "type": "string", "title": "Name", "maxLength": 10, "minLength": 2 },
            "kind": { "type": "string", "enum": ["x", "y", "z"] },
            "count": { "type": "integer", "minimum": 1, "maximum": 9 },
            "share": { "type": "number", "exclusiveMinimum": 0, "multipleOf": 0.05 },
            "agreed": { "type": "boolean" },
            "day": { "type": "string", "format": "date", "formatMinimum": "2026-01-01" },
            "at": { "type": "string", "format": "date-time" },
            "mail": { "type": "string", "format": "email" },
            "site": { "type": "string", "format": "uri" },
            "price": { "type": "object", "format": "money", "minimum": 10, "currencies": ["EUR", "JPY"] },
            "tags": { "type": "array", "uniqueItems": true, "items": { "type": "string", "enum": ["a", "b"] } },
            "address": { "$ref": "#/$defs/address" },
            "lines": { "type": "array", "minItems": 1, "maxItems": 3, "items": { "type": "object", "required": ["product"], "properties": { "product": { "type": "string" }, "pieces": { "type": "integer", "minimum": 1 } } } },
            "number": { "type": "string", "readOnly": true },
            "file": { "type": "string", "format": "file" },
            "card": { "type": "string" }
          },
          "dependentRequired": { "card": ["mail"] },
          "allOf": [
            { "if": { "properties": { "kind": { "const": "y" } } }, "then": { "required": ["why"], "properties": { "why": { "type": "string" } } } },
            { "if": { "properties": { "kind": { "const": "z" } } }, "then": { "required": ["mail"] }, "else": { "properties": { "other": { "type": "string" } } } }
          ]
        }
        """;

    private static readonly JsonObject Known = new() { ["number"] = "D-1" };

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"kind":"x","other":"fine"}""", "")]
    [InlineData("""{"name":"A"}""", "form.invalid name")]
    [InlineData("""{"name":"AAAAAAAAAAA"}""", "form.invalid name")]
    [InlineData("""{"name":"  "}""", "form.required name")]
    [InlineData("""{"name":5}""", "form.invalid name")]
    [InlineData("""{"kind":"q"}""", "form.invalid kind")]
    [InlineData("""{"kind":"y"}""", "form.required why")]
    [InlineData("""{"kind":"y","why":"so"}""", "")]
    [InlineData("""{"kind":"x","why":"so"}""", "form.unknown-field why")]
    [InlineData("""{"kind":"x","why":""}""", "")]
    [InlineData("""{"kind":"z"}""", "form.required mail")]
    [InlineData("""{"kind":"z","mail":"a@b.example","other":"no"}""", "form.unknown-field other")]
    [InlineData("""{"card":"1"}""", "form.required mail")]
    [InlineData("""{"count":2.5}""", "form.invalid count")]
    [InlineData("""{"count":0}""", "form.invalid count")]
    [InlineData("""{"count":2.0}""", "")]
    [InlineData("""{"share":0}""", "form.invalid share")]
    [InlineData("""{"share":0.07}""", "form.invalid share")]
    [InlineData("""{"share":0.15}""", "")]
    [InlineData("""{"agreed":"yes"}""", "form.invalid agreed")]
    [InlineData("""{"day":"24.11.2026"}""", "form.invalid day")]
    [InlineData("""{"day":"2025-12-31"}""", "form.invalid day")]
    [InlineData("""{"day":"2026-02-29"}""", "form.invalid day")]
    [InlineData("""{"at":"2026-11-24"}""", "form.invalid at")]
    [InlineData("""{"at":"2026-11-24T09:00:00Z"}""", "")]
    [InlineData("""{"mail":"a@"}""", "form.invalid mail")]
    [InlineData("""{"mail":"A <a@b.example>"}""", "form.invalid mail")]
    [InlineData("""{"site":"javascript:alert(1)"}""", "form.invalid site")]
    [InlineData("""{"price":{"amount":"12.50","currency":"EUR"}}""", "")]
    [InlineData("""{"price":{"amount":"9","currency":"EUR"}}""", "form.invalid price")]
    [InlineData("""{"price":{"amount":"12.505","currency":"EUR"}}""", "form.invalid price")]
    [InlineData("""{"price":{"amount":"12.5","currency":"JPY"}}""", "form.invalid price")]
    [InlineData("""{"price":{"amount":"12","currency":"USD"}}""", "form.invalid price")]
    [InlineData("""{"price":12}""", "form.invalid price")]
    [InlineData("""{"tags":["a","b"]}""", "")]
    [InlineData("""{"tags":["a","a"]}""", "form.invalid tags")]
    [InlineData("""{"tags":["a","c"]}""", "form.invalid tags[1]")]
    [InlineData("""{"address":{}}""", "form.required address.town")]
    [InlineData("""{"address":{"town":"Bonn","country":"Germany"}}""", "form.invalid address.country")]
    [InlineData("""{"address":{"town":"Bonn","street":"x"}}""", "form.unknown-field address.street")]
    [InlineData("""{"lines":[]}""", "form.required lines")]
    [InlineData("""{"lines":[{"product":"p"},{"pieces":0}]}""", "form.required lines[1].product|form.invalid lines[1].pieces")]
    [InlineData("""{"lines":[{"product":"p"},{"product":"p"},{"product":"p"},{"product":"p"}]}""", "form.invalid lines")]
    [InlineData("""{"number":"D-1"}""", "")]
    [InlineData("""{"number":"D-2"}""", "form.read-only number")]
    [InlineData("""{"file":"not an id"}""", "form.invalid file")]
    [InlineData("""{"nonsense":1}""", "form.unknown-field nonsense")]
    [InlineData("""{"name":"A","count":0,"nonsense":1}""", "form.unknown-field nonsense|form.invalid name|form.invalid count")]
    public void Check_Form_NamesEveryFieldAtFault(string entered, string expected)
    {
        var data = new JsonObject { ["name"] = "Anna", ["lines"] = new JsonArray(new JsonObject { ["product"] = "p" }) };
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(entered)!)
        {
            data[name] = value?.DeepClone();
        }

        Assert.Equal(expected, string.Join('|', JsonForm.Check(Schema, data, Known).Select(refusal => $"{refusal.Code} {refusal.Field}")));
    }

    [Fact]
    public void Check_OversizedForm_IsRefusedAsAWhole()
    {
        var refusal = Assert.Single(JsonForm.Check(Schema, new JsonObject { ["name"] = new string('x', 300_000) }));

        Assert.Equal("form.too-large", refusal.Code);
    }

    [Fact]
    public void Check_ManyUnknownFields_SaysSoOfTheFirstAndStops()
    {
        var data = new JsonObject();
        for (var i = 0; i < 5_000; i++)
        {
            data[$"x{i}"] = 1;
        }

        Assert.InRange(JsonForm.Check("""{"type":"object","properties":{}}""", data).Count, 1, 60);
    }

    [Fact]
    public void Check_DeeplyNestedData_IsRefused()
    {
        const string schema = """{"type":"object","properties":{"a":{"$ref":"#"}}}""";
        var data = new JsonObject();
        for (var i = 0; i < 60; i++)
        {
            data = new JsonObject { ["a"] = data };
        }

        Assert.Equal("form.too-deep", Assert.Single(JsonForm.Check(schema, data)).Code);
    }

    [Fact]
    public void Check_PatternThatNeverEnds_RefusesTheValue()
    {
        const string schema = """{"type":"object","properties":{"a":{"type":"string","pattern":"^(a+)+$"}}}""";

        Assert.Equal("form.invalid", Assert.Single(JsonForm.Check(schema, new JsonObject { ["a"] = new string('a', 40) + "!" })).Code);
    }
}

using System.Text.Json.Nodes;
using Ecosystem.Designer.Components.Forms;

namespace Ecosystem.Designer.Tests.Components;

public class FormSchemaTests
{
    private const string Schema = """
        {"type":"object","required":["reason","share","kind"],
         "properties":{
           "reason":{"type":"string","maxLength":500,"title":"Why"},
           "share":{"type":"number","minimum":0,"maximum":100},
           "kind":{"type":"string","oneOf":[{"const":"sole","title":"Sole credit"},{"const":"split"}]},
           "tags":{"type":"array","items":{"enum":["a","b"]},"minItems":1},
           "checked":{"type":"boolean"},
           "start":{"type":"string","format":"date"},
           "contact":{"type":"object","required":["email"],"properties":{"name":{"type":"string"},"email":{"type":"string","format":"email"}}}},
         "if":{"properties":{"kind":{"const":"split"}}},
         "then":{"properties":{"partner":{"type":"string","minLength":3}},"required":["partner"]}}
        """;

    [Fact]
    public void Parse_Properties_GetTheirKinds()
    {
        var form = FormSchema.Parse(Schema);
        Assert.Equal(
            [FormKind.Multiline, FormKind.Number, FormKind.Choice, FormKind.MultiChoice, FormKind.Boolean, FormKind.Date, FormKind.Group, FormKind.Text],
            form.Fields.Select(field => field.Kind));
        Assert.Equal("Sole credit", form.Fields[2].Options[0].Value);
        Assert.Equal("Split", form.Fields[2].Options[1].Value);
    }

    [Fact]
    public void Check_EmptyForm_NamesRequiredFieldsAlsoInGroups() =>
        Assert.Equal(["contact.email", "kind", "reason", "share"], FormSchema.Parse(Schema).Check(new JsonObject { ["contact"] = new JsonObject { ["name"] = "Ann" } }).Keys.Order());

    [Theory]
    [InlineData("share", "101", "'share' has to be at most 100.")]
    [InlineData("share", "\"x\"", "'share' has to be a number.")]
    [InlineData("start", "\"30.02.2026\"", "'start' has to be a date like 2026-11-24.")]
    public void Check_WrongValue_SaysWhatWouldBeRight(string field, string json, string message)
    {
        var values = new JsonObject { [field] = JsonNode.Parse(json) };
        Assert.Equal(message, FormSchema.Parse(Schema).Check(values)[field]);
    }

    [Fact]
    public void Check_ConditionalField_OnlyWhileItsConditionHolds()
    {
        var form = FormSchema.Parse(Schema);
        Assert.DoesNotContain("partner", form.Check(new JsonObject { ["kind"] = "sole" }).Keys);
        Assert.Contains("partner", form.Check(new JsonObject { ["kind"] = "split" }).Keys);
    }

    [Fact]
    public void Collect_HiddenAndEmptyFields_AreNotSent()
    {
        var values = new JsonObject { ["kind"] = "sole", ["partner"] = "left over", ["reason"] = "", ["share"] = 5 };
        Assert.Equal("""{"share":5,"kind":"sole"}""", FormSchema.Parse(Schema).Collect(values).ToJsonString());
    }

    [Fact]
    public void Check_RequiredOnlyInBranch_DependsOnOtherField()
    {
        var form = FormSchema.Parse("""
            {"type":"object","properties":{"outcome":{"enum":["approve","reject"]},"comment":{"type":"string"}},
             "allOf":[{"if":{"properties":{"outcome":{"const":"reject"}}},"then":{"required":["comment"]}}]}
            """);
        Assert.Empty(form.Check(new JsonObject { ["outcome"] = "approve" }));
        Assert.Equal(["comment"], form.Check(new JsonObject { ["outcome"] = "reject" }).Keys);
    }

    [Fact]
    public void Start_KnownValues_WinOverDefaults()
    {
        var form = FormSchema.Parse("""{"properties":{"a":{"type":"string","default":"x"},"b":{"type":"string","default":"y"}}}""");
        Assert.Equal("""{"a":"x","b":"z"}""", form.Start(new JsonObject { ["b"] = "z" }).ToJsonString());
    }

    [Fact]
    public void Parse_EveryKindOfField_IsShownAsOne()
    {
        var form = FormSchema.Parse("""
            {"type":"object","properties":{
              "price":{"type":"object","format":"money","currencies":["EUR"]},"file":{"type":"string","format":"file","accept":[".pdf"]},
              "lines":{"type":"array","items":{"type":"object","properties":{"product":{"type":"string"}}}},"words":{"type":"array","items":{"type":"string"}},
              "site":{"type":"string","format":"url"},"at":{"type":"string","format":"date-time"},"hour":{"type":"string","format":"time"},"pieces":{"type":["integer","null"]},
              "long":{"type":"string","maxLength":2000}}}
            """);
        Assert.Equal(
            [FormKind.Money, FormKind.File, FormKind.List, FormKind.TextList, FormKind.Uri, FormKind.DateTime, FormKind.Time, FormKind.Integer, FormKind.Multiline],
            form.Fields.Select(field => field.Kind));
        Assert.Equal("product", Assert.Single(form.Fields[2].Fields!.Fields).Name);
    }

    [Fact]
    public void KnownIn_WhatIsKnown_NeedNotBeAsked()
    {
        var form = FormSchema.Parse(Schema);
        Assert.Equal(["reason"], form.KnownIn(new JsonObject { ["reason"] = "because", ["share"] = null, ["other"] = 1 }).Select(field => field.Name));
    }

    [Fact]
    public void Collect_ListWithEmptyEntries_SendsTheOthers()
    {
        var form = FormSchema.Parse("""{"type":"object","properties":{"lines":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}}}""");
        Assert.Equal("""{"lines":[{"a":"x"}]}""", form.Collect((JsonObject)JsonNode.Parse("""{"lines":[{"a":""},{"a":"x"},{}]}""")!).ToJsonString());
    }
}

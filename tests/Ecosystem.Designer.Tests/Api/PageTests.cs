using CsCheck;
using Ecosystem.Designer.Api;

namespace Ecosystem.Designer.Tests.Api;

public class PageTests
{
    [Fact]
    public void Slice_FollowingCursors_ShowsEveryItemOnce() => Gen.Select(Gen.Int[0, 120], Gen.Int[1, 30]).Sample((count, limit) =>
    {
        var all = Enumerable.Range(0, count).ToList();
        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var page = Page.Slice(all, cursor, limit);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return seen.SequenceEqual(all);
    });

    [Theory]
    [InlineData(null, 50)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(7, 7)]
    [InlineData(100_000, 200)]
    public void Limit_Asked_StaysWithinBounds(int? asked, int expected) => Assert.Equal(expected, Page.Limit(asked));

    [Theory]
    [InlineData("not base64 ☺")]
    [InlineData("%%%")]
    [InlineData("")]
    public void Decode_ForeignText_IsNoCursor(string text) => Assert.Null(Page.Decode(text));
}

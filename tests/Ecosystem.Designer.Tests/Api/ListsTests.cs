using CsCheck;
using Ecosystem.Designer.Api;

namespace Ecosystem.Designer.Tests.Api;

public class ListsTests
{
    [Fact]
    public void Slice_FollowingCursors_ShowsEveryItemOnce() => Gen.Select(Gen.Int[0, 120], Gen.Int[1, 30]).Sample((count, limit) =>
    {
        var all = Enumerable.Range(0, count).ToList();
        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var page = Lists.Slice(all, cursor, limit);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return seen.SequenceEqual(all);
    });

    [Theory]
    [InlineData("not a number ☺")]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    public void Slice_ForeignCursor_StartsAtTheBeginning(string cursor) => Assert.Equal([1, 2], Lists.Slice([1, 2, 3], cursor, 2).Items);
}

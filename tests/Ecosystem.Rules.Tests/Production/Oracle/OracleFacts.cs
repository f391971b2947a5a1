namespace Ecosystem.Rules.Tests.Production.Oracle;

public abstract class Item
{
    public int Id { get; init; }

    public int Key { get; set; }

    public int Value { get; set; }

    public override string ToString() => $"{GetType().Name}{Id}(k{Key},v{Value})";
}

public sealed class Red : Item;

public sealed class Blue : Item;

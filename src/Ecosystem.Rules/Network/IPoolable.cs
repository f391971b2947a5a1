namespace Ecosystem.Rules.Network;

internal interface IClearable
{
    void Clear();
}

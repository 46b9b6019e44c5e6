namespace Moderato.Server.Tests.Hosting;

/// <summary>The stores that every test of behaviour runs on.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

